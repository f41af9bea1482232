package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.List;

/** What columns add to a weighted mean of several models: the mean of what they add to each model's outputs. */
public final class MeanContributions {
    private MeanContributions() {}

    /**
     * Computes it.
     *
     * @param features what all models together read
     * @param members those of each model, for the same rows; a model may read fewer columns
     * @param weights those of the models
     */
    public static Contributions of(FeatureMatrix features, List<Contributions> members, double[] weights) {
        double[] base = new double[members.get(0).link().outputs(members.get(0).base().length)];
        Contributions mean = Contributions.none(features, Link.IDENTITY, base);
        for (int i = 0; i < weights.length; i++) {
            add(mean, members.get(i), weights[i]);
        }
        return mean;
    }

    private static void add(Contributions mean, Contributions member, double weight) {
        int width = mean.base().length;
        int[] columns =
                member.columns().stream().mapToInt(mean.columns()::indexOf).toArray();
        double[] outputs = member.outputs();
        UnitChange change = new UnitChange(member, sums -> {
            double[] made = new double[width];
            member.link().write(sums, made, 0);
            return made;
        });
        double[] base = change.base();
        double[] reached = new double[width];
        for (int k = 0; k < width; k++) {
            mean.base()[k] += weight * base[k];
        }
        for (int row = 0; row < member.rows(); row++) {
            System.arraycopy(outputs, row * width, reached, 0, width);
            double[] added = change.row(row, reached);
            for (int i = 0; i < added.length; i++) {
                int at = (row * mean.columns().size() + columns[i / width]) * width + i % width;
                mean.values()[at] += weight * added[i];
            }
        }
    }
}
