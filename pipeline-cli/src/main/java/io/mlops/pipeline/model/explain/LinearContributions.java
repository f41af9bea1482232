package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import org.jspecify.annotations.Nullable;

/** What columns add to weighted sums: coefficient × (value − mean), which for a sum is its Shapley value. */
public final class LinearContributions {
    private LinearContributions() {}

    /**
     * Computes them.
     *
     * @param coefficients for each sum one per feature
     */
    public static Contributions of(
            FeatureMatrix features,
            Link link,
            double[] intercepts,
            double[][] coefficients,
            @Nullable ReferenceRow reference) {
        float[] means = ReferenceRow.required(reference).values();
        double[] base = intercepts.clone();
        for (int k = 0; k < base.length; k++) {
            for (int i = 0; i < means.length; i++) {
                base[k] += coefficients[k][i] * means[i];
            }
        }
        Contributions result = Contributions.none(features, link, base);
        int[] columns = Contributions.columnOfFeature(features);
        int width = result.columns().size();
        for (int row = 0; row < features.rows(); row++) {
            for (int i = 0; i < means.length; i++) {
                double distance = (double) features.get(row, i) - means[i];
                int at = (row * width + columns[i]) * base.length;
                for (int k = 0; k < base.length; k++) {
                    result.values()[at + k] += coefficients[k][i] * distance;
                }
            }
        }
        return result;
    }
}
