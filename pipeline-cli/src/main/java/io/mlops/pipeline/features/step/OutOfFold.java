package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.Accumulator;
import io.mlops.pipeline.data.CategoryCodes;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * Target encodings for the training rows themselves: each row's comes from the rows of the other folds, so that no row
 * sees its own target.
 */
public final class OutOfFold implements Accumulator<OutOfFold.Chunk, OutOfFold, OutOfFold.Fitted> {
    /** How many folds there are; scikit-learn's {@code TargetEncoder} takes as many. */
    public static final int FOLDS = 5;

    /**
     * What one chunk gives.
     *
     * @param targets row by row, as many numbers as the encoding has outputs
     * @param folds the fold of each row
     */
    public record Chunk(StringColumn column, double[] targets, int[] folds) {}

    private final TargetEncoding encoding;
    private final int width;
    /** For each place (a level, then the missing cells, then unknown words) and fold: the count, then the sums. */
    private final double[] totals;

    public OutOfFold(TargetEncoding encoding) {
        this.encoding = encoding;
        width = encoding.width();
        totals = new double[(encoding.levels().size() + 2) * FOLDS * (width + 1)];
    }

    @Override
    public void accept(Chunk chunk) {
        CategoryCodes words = CategoryCodes.of(chunk.column());
        int[] places = places(encoding, words.levels());
        double[] targets = chunk.targets();
        for (int row = 0; row < words.codes().length; row++) {
            int at = (places[words.codes()[row] + 1] * FOLDS + chunk.folds()[row]) * (width + 1);
            totals[at]++;
            for (int i = 0; i < width; i++) {
                totals[at + 1 + i] += targets[row * width + i];
            }
        }
    }

    @Override
    public void merge(OutOfFold other) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += other.totals[i];
        }
    }

    @Override
    public Fitted finish() {
        int places = encoding.levels().size() + 2;
        double[][] values = new double[places * FOLDS][];
        for (int place = 0; place < places - 1; place++) {
            double[] sums = new double[width + 1];
            for (int fold = 0; fold < FOLDS; fold++) {
                change(sums, place, fold, 1);
            }
            for (int fold = 0; fold < FOLDS; fold++) {
                double[] others = sums.clone();
                change(others, place, fold, -1);
                double[] targets = new double[width];
                System.arraycopy(others, 1, targets, 0, width);
                // The prior is that of all rows: one of each fold's complement would tell the fold's own mean.
                values[place * FOLDS + fold] = others[0] < 0.5
                        ? encoding.prior()
                        : TargetEncoding.smooth(targets, others[0], encoding.prior(), encoding.smoothing());
            }
        }
        for (int fold = 0; fold < FOLDS; fold++) {
            values[(places - 1) * FOLDS + fold] = encoding.prior();
        }
        return new Fitted(encoding, values);
    }

    private void change(double[] sums, int place, int fold, int sign) {
        int at = (place * FOLDS + fold) * (width + 1);
        for (int i = 0; i <= width; i++) {
            sums[i] += sign * totals[at + i];
        }
    }

    /** The place of missing cells, then of each word. */
    static int[] places(TargetEncoding encoding, List<String> words) {
        int missing = encoding.levels().size();
        int[] places = new int[words.size() + 1];
        places[0] = missing;
        for (int i = 1; i < places.length; i++) {
            int level = encoding.levels().indexOf(words.get(i - 1));
            places[i] = level < 0 ? missing + 1 : level;
        }
        return places;
    }

    /** The encodings by category and fold. */
    public static final class Fitted {
        private final TargetEncoding encoding;
        private final double[][] values;

        Fitted(TargetEncoding encoding, double[][] values) {
            this.encoding = encoding;
            this.values = values;
        }

        /** Prepares a column of training rows, given the fold of each. */
        public Encoding.Cells on(Column<?> column, int[] folds) {
            CategoryCodes words = CategoryCodes.of(LevelEncoding.words(column));
            int[] places = places(encoding, words.levels());
            int[] codes = words.codes();
            int width = encoding.width();
            return (from, to, numbers) -> {
                for (int row = from; row < to; row++) {
                    double[] value = values[places[codes[row] + 1] * FOLDS + folds[row]];
                    System.arraycopy(value, 0, numbers, (row - from) * width, width);
                }
            };
        }
    }
}
