package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Target;
import java.util.ArrayList;
import java.util.List;

/** Looks for columns that know the target: on a sample, each column alone, and sums of a few. */
final class LeakageTests {
    private static final int FEWEST_ROWS = 100;

    /** From here on, a column alone is too good to be true. */
    private static final double ALMOST_PERFECT = 0.98;

    /** From here on, a column alone is worth a question. */
    private static final double VERY_STRONG = 0.9;

    private final RowSample sample;
    private final List<InferredColumn> columns;
    private final Target target;
    private final int position;

    LeakageTests(RowSample sample, List<InferredColumn> columns, Target target) {
        this.sample = sample;
        this.columns = columns;
        this.target = target;
        int found = 0;
        while (!columns.get(found).name().equals(target.column())) {
            found++;
        }
        this.position = found;
    }

    List<Finding> find() {
        List<Finding> findings = new ArrayList<>();
        if (sample.size() < FEWEST_ROWS) {
            return findings;
        }
        SinglePredictor alone = new SinglePredictor(sample, position, target.task());
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).role() == Role.FEATURE) {
                judge(columns.get(column).name(), alone.score(column), findings);
            }
        }
        if (!target.task().isClassification()) {
            findings.addAll(new SumOfColumns(sample, columns, position).find());
        }
        return findings;
    }

    private void judge(String name, double score, List<Finding> findings) {
        String measure = target.task().isClassification() ? "separates the classes" : "explains the target";
        String evidence = "it alone " + measure + " to " + Words.percent(score) + " on rows held back";
        if (score >= ALMOST_PERFECT) {
            findings.add(Finding.warning(
                    name,
                    "this column alone predicts the target almost perfectly",
                    evidence,
                    "add it to data.ignore if it is known only after the event"));
        } else if (score >= VERY_STRONG) {
            findings.add(Finding.question(
                    name,
                    "this column alone predicts the target very well",
                    evidence,
                    "add it to data.ignore if it is known only after the event"));
        }
    }
}
