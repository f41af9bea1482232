package io.mlops.pipeline.evaluation.threshold;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings.Goal;
import io.mlops.pipeline.model.Costs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What wrong decisions cost, from the names of classes to their places. */
public final class CostMatrix {
    private static final String KEY = "train.costs";

    private CostMatrix() {}

    /**
     * The costs of decisions; wrong ones that are not named cost 1.
     *
     * @param named by the true class, then by the one that is decided on; empty where nobody named any
     * @return null where there is nothing to weigh
     * @throws PipelineException where a class is not one of the target's, or a cost is none
     */
    public static @Nullable Costs of(
            Map<String, Map<String, Double>> named, ThresholdSettings threshold, Target target) {
        if (named.isEmpty()) {
            boolean weighed = threshold.goal() == Goal.COST && target.classes().size() == 2;
            return weighed
                    ? Costs.binary(
                            threshold.cost().falsePositive(), threshold.cost().falseNegative())
                    : null;
        }
        if (!target.task().isClassification()) {
            throw PipelineException.usage(KEY + ": the target '" + target.column()
                    + "' is a number, and decisions are between classes; leave it out");
        }
        int classes = target.classes().size();
        double[][] matrix = new double[classes][classes];
        for (int truth = 0; truth < classes; truth++) {
            for (int decided = 0; decided < classes; decided++) {
                matrix[truth][decided] = truth == decided ? 0 : 1;
            }
        }
        named.forEach((truth, decisions) -> decisions.forEach((decided, cost) -> {
            String key = KEY + "." + truth + "." + decided;
            int row = place(target.classes(), truth, key);
            int column = place(target.classes(), decided, key);
            if (row == column && cost != 0) {
                throw PipelineException.usage(key + ": a right decision costs nothing; leave it out");
            }
            matrix[row][column] = cost;
        }));
        if (List.of(matrix).stream().allMatch(row -> sum(row) == 0)) {
            throw PipelineException.usage(KEY + ": all decisions cost nothing; give one of them a cost above 0");
        }
        return new Costs(matrix);
    }

    private static int place(List<String> classes, String name, String key) {
        int place = classes.indexOf(name);
        if (place < 0) {
            throw PipelineException.usage(
                    key + ": there is no class '" + name + "'; the classes are " + String.join(", ", classes));
        }
        return place;
    }

    private static double sum(double[] row) {
        double sum = 0;
        for (double cost : row) {
            sum += cost;
        }
        return sum;
    }
}
