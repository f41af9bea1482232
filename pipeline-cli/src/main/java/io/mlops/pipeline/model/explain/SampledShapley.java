package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shapley values of any model, by sampling: in a few orders, the columns of a {@link ReferenceRow} are replaced by those
 * of a row one after the other, and each is credited with what then changes (Štrumbelj and Kononenko 2014).
 *
 * <p>In each order the changes lead from the reference to the row, so base and contributions give the outputs exactly,
 * however few orders there are. A row costs at most {@value #MOST_PREDICTIONS} predictions, or two for each column where
 * that is more.
 */
public final class SampledShapley {
    private static final int MOST_PREDICTIONS = 512;
    private static final int MOST_PAIRS = 8;

    /** How many numbers are handed to the model at once. */
    private static final int BATCH = 1 << 20;

    private final Function<FeatureMatrix, double[]> model;
    private final boolean classes;

    private SampledShapley(Function<FeatureMatrix, double[]> model, boolean classes) {
        this.model = model;
        this.classes = classes;
    }

    /**
     * Explains rows.
     *
     * @param model gives the outputs of each row
     * @param classes whether these are probabilities, whose logarithms of odds are then explained
     */
    public static Contributions of(
            FeatureMatrix features,
            Function<FeatureMatrix, double[]> model,
            boolean classes,
            @Nullable ReferenceRow reference) {
        return new SampledShapley(model, classes).explain(features, ReferenceRow.required(reference));
    }

    private Contributions explain(FeatureMatrix features, ReferenceRow reference) {
        FeatureMatrix start = new FeatureMatrix(features.features(), 1, reference.values());
        double[] outputs = model.apply(start);
        Link link = !classes ? Link.IDENTITY : outputs.length == 2 ? Link.LOGISTIC : Link.SOFTMAX;
        double[] base = sums(outputs, 0, outputs.length);
        Contributions result = Contributions.none(features, link, base);
        int columns = result.columns().size();
        int[][] orders = Orders.of(columns, Math.max(1, Math.min(MOST_PAIRS, MOST_PREDICTIONS / (2 * columns))));
        int rowsAtOnce = Math.max(1, BATCH / (orders.length * columns * features.columns()));
        for (int from = 0; from < features.rows(); from += rowsAtOnce) {
            int to = Math.min(features.rows(), from + rowsAtOnce);
            credit(result, outputs.length, orders, from, model.apply(ways(features, reference, orders, from, to)));
        }
        return result;
    }

    /** For each row and order, the rows on the way from the reference to the row. */
    private static FeatureMatrix ways(
            FeatureMatrix features, ReferenceRow reference, int[][] orders, int from, int to) {
        int[] columnOf = Contributions.columnOfFeature(features);
        int columns = orders[0].length;
        int width = features.columns();
        float[] values = new float[(to - from) * orders.length * columns * width];
        int[] place = new int[columns];
        int at = 0;
        for (int row = from; row < to; row++) {
            for (int[] order : orders) {
                for (int step = 0; step < columns; step++) {
                    place[order[step]] = step;
                }
                for (int step = 0; step < columns; step++) {
                    for (int i = 0; i < width; i++) {
                        values[at++] = place[columnOf[i]] <= step
                                ? features.get(row, i)
                                : reference.values()[i];
                    }
                }
            }
        }
        return new FeatureMatrix(features.features(), at / width, values);
    }

    private void credit(Contributions result, int width, int[][] orders, int from, double[] outputs) {
        double[] base = result.base();
        int columns = orders[0].length;
        int rows = outputs.length / width / orders.length / columns;
        int at = 0;
        for (int row = from; row < from + rows; row++) {
            for (int[] order : orders) {
                double[] before = base;
                for (int column : order) {
                    double[] after = sums(outputs, at, width);
                    for (int k = 0; k < base.length; k++) {
                        result.values()[(row * columns + column) * base.length + k] +=
                                (after[k] - before[k]) / orders.length;
                    }
                    before = after;
                    at += width;
                }
            }
        }
    }

    private double[] sums(double[] outputs, int offset, int width) {
        if (classes && width == 2) {
            return new double[] {Calibration.logit(outputs[offset + 1])};
        }
        double[] sums = new double[width];
        for (int k = 0; k < width; k++) {
            double output = outputs[offset + k];
            sums[k] = classes ? Math.log(Math.max(Calibration.SMALLEST, output)) : output;
        }
        return sums;
    }
}
