package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.interaction.Sample;
import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Takes some of the training rows by chance, as many as tell pairs of columns apart. */
final class PairSample {
    private static final int MOST_ROWS = 10_000;

    private static final int FEWEST_ROWS = 1_000;

    /** Wide tables get fewer rows. */
    private static final int MOST_CELLS = 4_000_000;

    private final Target target;
    private final Map<String, DoubleArrayList> numbers = new LinkedHashMap<>();
    private final Map<String, List<String>> words = new LinkedHashMap<>();
    private final DoubleArrayList targets = new DoubleArrayList();
    private int taken;

    PairSample(Set<String> numbers, Set<String> words, Target target) {
        this.target = target;
        numbers.forEach(name -> this.numbers.put(name, new DoubleArrayList()));
        words.forEach(name -> this.words.put(name, new ArrayList<>()));
    }

    Sample of(Rows rows, long seed) {
        int most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_CELLS / (numbers.size() + words.size())));
        double share = most / (double) rows.count();
        SplittableRandom random = new SplittableRandom(seed);
        rows.forEachChunk(chunk -> accept(
                chunk,
                IntStream.range(0, chunk.rowCount())
                        .filter(row -> random.nextDouble() < share)
                        .toArray()));
        Map<String, double[]> numberColumns = new LinkedHashMap<>();
        numbers.forEach((name, column) -> numberColumns.put(name, column.toDoubleArray()));
        Map<String, String[]> wordColumns = new LinkedHashMap<>();
        words.forEach((name, column) -> wordColumns.put(name, column.toArray(String[]::new)));
        return new Sample(numberColumns, wordColumns, targets.toDoubleArray(), taken);
    }

    private void accept(Table chunk, int[] chosen) {
        taken += chosen.length;
        Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
        double[] sums = TargetSums.of(target, chunk);
        int width = chunk.rowCount() == 0 ? 0 : sums.length / chunk.rowCount();
        for (int row : chosen) {
            targets.addElements(targets.size(), sums, row * width, width);
        }
        numbers.forEach((name, cells) -> {
            DoubleColumn column = (DoubleColumn) Objects.requireNonNull(columns.get(name));
            for (int row : chosen) {
                cells.add(column.getDouble(row));
            }
        });
        words.forEach((name, cells) -> {
            StringColumn column = (StringColumn) Objects.requireNonNull(columns.get(name));
            for (int row : chosen) {
                cells.add(column.get(row));
            }
        });
    }
}
