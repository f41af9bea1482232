package io.mlops.pipeline.features;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import java.util.List;
import tech.tablesaw.api.Table;

/** What of a target is averaged by category: the positive class, each class, or the number. */
final class TargetSums {
    private TargetSums() {}

    /** What each number is about: a label; one empty text for a number. */
    static List<String> labels(Target target) {
        return switch (target.task()) {
            case BINARY -> List.of(target.positive());
            case MULTICLASS -> target.classes();
            case REGRESSION -> List.of("");
        };
    }

    /** For each row, as many numbers as there are labels, row by row. */
    static double[] of(Target target, Table chunk) {
        double[] values = target.values(chunk);
        if (target.task() != Task.MULTICLASS) {
            return values;
        }
        int classes = target.classes().size();
        double[] sums = new double[values.length * classes];
        for (int row = 0; row < values.length; row++) {
            sums[row * classes + (int) values[row]] = 1;
        }
        return sums;
    }
}
