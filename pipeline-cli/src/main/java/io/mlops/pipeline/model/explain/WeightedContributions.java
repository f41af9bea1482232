package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** What columns add to a weighted sum of several models: the weighted sum of what they add to each model's outputs. */
public final class WeightedContributions {
    private WeightedContributions() {}

    /**
     * Computes it.
     *
     * @param features what all models together read
     * @param members those of each model, for the same rows; a model may read fewer columns
     * @param weights those of the models
     * @param summand what is summed up of an output
     * @param start what each sum starts from
     * @param link how the sums become outputs
     */
    public static Contributions of(
            FeatureMatrix features,
            List<Contributions> members,
            double[] weights,
            DoubleUnaryOperator summand,
            double[] start,
            Link link) {
        Contributions sum = Contributions.none(features, link, start.clone());
        for (int i = 0; i < weights.length; i++) {
            add(sum, members.get(i), weights[i], summand);
        }
        return sum;
    }

    private static void add(Contributions sum, Contributions member, double weight, DoubleUnaryOperator summand) {
        int width = sum.base().length;
        int[] columns =
                member.columns().stream().mapToInt(sum.columns()::indexOf).toArray();
        double[] outputs = member.outputs();
        UnitChange change = new UnitChange(member, sums -> {
            double[] made = new double[width];
            member.link().write(sums, made, 0);
            for (int k = 0; k < width; k++) {
                made[k] = summand.applyAsDouble(made[k]);
            }
            return made;
        });
        double[] base = change.base();
        double[] reached = new double[width];
        for (int k = 0; k < width; k++) {
            sum.base()[k] += weight * base[k];
        }
        for (int row = 0; row < member.rows(); row++) {
            for (int k = 0; k < width; k++) {
                reached[k] = summand.applyAsDouble(outputs[row * width + k]);
            }
            double[] added = change.row(row, reached);
            for (int i = 0; i < added.length; i++) {
                int at = (row * sum.columns().size() + columns[i / width]) * width + i % width;
                sum.values()[at] += weight * added[i];
            }
        }
    }
}
