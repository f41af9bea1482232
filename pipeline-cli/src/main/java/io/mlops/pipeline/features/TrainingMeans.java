package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.OrderedTargets;
import io.mlops.pipeline.features.step.OutOfFold;
import io.mlops.pipeline.features.step.TargetEncoding;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The mean targets of the categories of training rows, none of which sees its own target. */
interface TrainingMeans {
    /** What is known of one chunk. */
    interface OfChunk {
        /** The mean targets of a block, by its place; null where the block has none. */
        Encoding.@Nullable Cells of(int block, Column<?> column);
    }

    /**
     * The next chunk.
     *
     * @param first the place of its first row among all rows
     */
    OfChunk on(Table chunk, int first);

    /** Those of the rows of other folds; takes a pass over the rows where there are any. */
    static TrainingMeans outOfFold(List<Block> blocks, Rows rows, Target target, long seed) {
        Map<Integer, OutOfFold> encoders = new TreeMap<>();
        encodings(blocks).forEach((i, encoding) -> encoders.put(i, new OutOfFold(encoding)));
        Folds folds = new Folds(rows.schema(), seed);
        if (!encoders.isEmpty()) {
            rows.forEachChunk(chunk -> {
                double[] targets = TargetSums.of(target, chunk);
                int[] fold = folds.of(chunk);
                Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
                encoders.forEach((i, encoder) -> encoder.accept(
                        new OutOfFold.Chunk((StringColumn) blocks.get(i).cells(columns), targets, fold)));
            });
        }
        Map<Integer, OutOfFold.Fitted> fitted = new TreeMap<>();
        encoders.forEach((i, encoder) -> fitted.put(i, encoder.finish()));
        return (chunk, first) -> {
            int[] fold = fitted.isEmpty() ? new int[0] : folds.of(chunk);
            return (block, column) -> {
                OutOfFold.Fitted means = fitted.get(block);
                return means == null ? null : means.on(column, fold);
            };
        };
    }

    /** Those of the rows before it in a random order; takes a pass over the rows where there are any. */
    static TrainingMeans ordered(List<Block> blocks, Rows rows, Target target, long seed) {
        Map<Integer, OrderedTargets> encoders = new TreeMap<>();
        encodings(blocks).forEach((i, encoding) -> encoders.put(i, new OrderedTargets(encoding)));
        LongArrayList keys = new LongArrayList();
        DoubleArrayList targets = new DoubleArrayList();
        if (!encoders.isEmpty()) {
            Folds folds = new Folds(rows.schema(), seed);
            rows.forEachChunk(chunk -> {
                keys.addElements(keys.size(), folds.keys(chunk));
                targets.addElements(targets.size(), TargetSums.of(target, chunk));
                Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
                encoders.forEach((i, encoder) ->
                        encoder.accept((StringColumn) blocks.get(i).cells(columns)));
            });
        }
        long[] key = keys.toLongArray();
        int[] order = IntStream.range(0, key.length).toArray();
        IntArrays.mergeSort(order, (one, other) -> Long.compare(key[one], key[other]));
        Map<Integer, double[]> values = new TreeMap<>();
        encoders.forEach((i, encoder) -> values.put(i, encoder.finish(order, key, targets.toDoubleArray())));
        return (chunk, first) -> (block, column) -> {
            double[] means = values.get(block);
            if (means == null) {
                return null;
            }
            int width = blocks.get(block).width();
            return (from, to, numbers) ->
                    System.arraycopy(means, (first + from) * width, numbers, 0, (to - from) * width);
        };
    }

    private static Map<Integer, TargetEncoding> encodings(List<Block> blocks) {
        Map<Integer, TargetEncoding> encodings = new TreeMap<>();
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).encoding() instanceof TargetEncoding encoding) {
                encodings.put(i, encoding);
            }
        }
        return encodings;
    }
}
