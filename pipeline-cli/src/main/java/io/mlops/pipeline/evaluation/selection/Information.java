package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.tribuo.InformationRanking;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Keeps the columns that say the most of the target that those before them have not said. */
record Information(SelectionSettings settings, Deadline deadline) {
    /** So many columns in their order tell how long all of them take. */
    private static final int FIRST = 3;

    /** Pairs of columns are counted, for which this many rows suffice. */
    private static final int MOST_ROWS = 2_000;

    List<ColumnChoice> choose(TrainingSet all, ColumnGroups groups) {
        TrainingSet rows = all.rows() <= MOST_ROWS ? all : all.select(everyNth(all.rows()));
        FeatureMatrix matrix = rows.features();
        int[] labels = rows.target().task().isClassification()
                ? Arrays.stream(rows.values()).mapToInt(value -> (int) value).toArray()
                : Variables.bins(rows.values());
        int[][] variables = new int[groups.size()][];
        for (int column = 0; column < variables.length; column++) {
            int[][] candidates = Variables.of(matrix, groups.features().get(column));
            variables[column] = candidates[InformationRanking.best(candidates, labels)];
        }
        int kept = settings.kept(groups.size());
        if (isTooSlow(variables, labels, kept)) {
            return List.of();
        }
        int[] order = InformationRanking.order(settings.criterion(), variables, labels, kept);
        int[] rank = new int[groups.size()];
        Arrays.fill(rank, kept + 1);
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i + 1;
        }
        String criterion = settings.criterion().name().toLowerCase(Locale.ROOT);
        return IntStream.range(0, groups.size())
                .mapToObj(column -> new ColumnChoice(
                        groups.names().get(column),
                        rank[column] <= kept,
                        -rank[column],
                        rank[column] <= kept
                                ? "number " + rank[column] + " by " + criterion
                                : "not among the first " + kept + " by " + criterion))
                .toList();
    }

    /** Nothing can end a ranking, so it does not begin where it would last too long. */
    private boolean isTooSlow(int[][] variables, int[] labels, int kept) {
        if (!deadline.isLimited() || kept <= FIRST) {
            return deadline.passed();
        }
        long start = System.nanoTime();
        InformationRanking.order(settings.criterion(), variables, labels, FIRST);
        double each = (double) (System.nanoTime() - start) / FIRST;
        return each * kept > deadline.left().toNanos();
    }

    private static int[] everyNth(int rows) {
        return IntStream.range(0, MOST_ROWS)
                .map(i -> (int) ((long) i * rows / MOST_ROWS))
                .toArray();
    }
}
