package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.CategoryCodes;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import tech.tablesaw.api.StringColumn;

/**
 * Target encodings for the training rows themselves: each row's comes from the rows that stand before it in a random order,
 * so that no row sees its own target (the ordered target statistics of Prokhorenkova et al. 2018).
 */
public final class OrderedTargets {
    private final TargetEncoding encoding;
    private final IntArrayList places = new IntArrayList();

    public OrderedTargets(TargetEncoding encoding) {
        this.encoding = encoding;
    }

    /** Reads the column of the next chunk. */
    public void accept(StringColumn column) {
        CategoryCodes words = CategoryCodes.of(column);
        int[] placeOfCode = OutOfFold.places(encoding, words.levels());
        for (int code : words.codes()) {
            places.add(placeOfCode[code + 1]);
        }
    }

    /**
     * The encodings of all rows that were read, row by row.
     *
     * @param order the rows in their random order
     * @param keys the key of each row; rows with one key, which stand together in the order, see nothing of each other
     * @param targets row by row, as many numbers as the encoding has outputs
     */
    public double[] finish(int[] order, long[] keys, double[] targets) {
        int width = encoding.width();
        int unknown = encoding.levels().size() + 1;
        double[] counts = new double[unknown + 1];
        double[][] sums = new double[unknown + 1][width];
        double[] values = new double[order.length * width];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && keys[order[to]] == keys[order[from]]) {
                int place = places.getInt(order[to]);
                double[] value = place == unknown || counts[place] == 0
                        ? encoding.prior()
                        : TargetEncoding.smooth(sums[place], counts[place], encoding.prior(), encoding.smoothing());
                System.arraycopy(value, 0, values, order[to] * width, width);
                to++;
            }
            for (int row : Arrays.copyOfRange(order, from, to)) {
                int place = places.getInt(row);
                counts[place]++;
                for (int i = 0; i < width; i++) {
                    sums[place][i] += targets[row * width + i];
                }
            }
            from = to;
        }
        return values;
    }
}
