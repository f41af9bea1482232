package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The columns that could be predicted, for a person who named none. */
final class Candidates {
    private static final int SHOWN = 15;

    private record Candidate(String text, long values) {}

    private Candidates() {}

    /** The error that asks for the target. */
    static PipelineException ask(List<String> names, ColumnEvidence[] columns, List<TypeChoice> choices) {
        List<Candidate> candidates = new ArrayList<>();
        for (int column = 0; column < columns.length; column++) {
            ColumnType type = choices.get(column).schema().type();
            long values = columns[column].distinctCount();
            boolean learnable =
                    switch (type) {
                        case NUMBER, INTEGER, BOOLEAN -> values > 1;
                        case CATEGORY -> values > 1 && values <= 50;
                        case DATETIME, TEXT, IDENTIFIER -> false;
                    };
            if (learnable) {
                String kind = values == 2 ? "two classes" : values <= 20 ? values + " classes" : "a number";
                candidates.add(new Candidate("'" + names.get(column) + "' (" + kind + ")", values));
            }
        }
        candidates.sort(Comparator.comparingLong(Candidate::values));
        String list = String.join(
                ", ", candidates.stream().limit(SHOWN).map(Candidate::text).toList());
        return PipelineException.usage("no target: name the column to predict with --target; "
                + (candidates.isEmpty()
                        ? "no column looks as if it could be predicted"
                        : "it could be " + list + (candidates.size() > SHOWN ? ", ..." : "")));
    }
}
