package io.mlops.pipeline.features.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;

/** Fit on parts and merged gives what fitting on the whole gives. */
class AccumulatorTest {
    /** Row numbers cut into parts at random places. */
    private static List<int[]> parts(int rows, SplittableRandom random) {
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < rows; ) {
            int to = Math.min(rows, from + random.nextInt(1, rows));
            parts.add(new int[] {from, to});
            from = to;
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void numbers(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = random.doubles(3000)
                .map(x -> x < 0.1 ? Double.NaN : seed % 2 == 0 ? Math.floor(x * 50) : (x - 0.5) * Math.pow(10, 20 * x))
                .toArray();
        NumberSketch whole = new NumberSketch(64);
        whole.accept(DoubleColumn.create("x", values));
        NumberSketch merged = new NumberSketch(64);
        for (int[] part : parts(values.length, random)) {
            NumberSketch each = new NumberSketch(64);
            each.accept(DoubleColumn.create("x", Arrays.copyOfRange(values, part[0], part[1])));
            merged.merge(each);
        }

        assertThat(merged.finish()).usingRecursiveComparison().isEqualTo(whole.finish());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void categoriesAndMeanTargets(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 2000;
        String[] words = new String[rows];
        double[] targets = new double[rows];
        int[] folds = new int[rows];
        for (int row = 0; row < rows; row++) {
            words[row] = random.nextInt(10) == 0 ? "" : "w" + random.nextInt(1 + random.nextInt(100));
            targets[row] = random.nextGaussian();
            folds[row] = random.nextInt(OutOfFold.FOLDS);
        }
        LevelCounts whole = new LevelCounts(1000, 1);
        whole.accept(new LevelCounts.Chunk(StringColumn.create("x", words), targets));
        TargetEncoding encoding = TargetEncoding.fit(whole.finish(), List.of(""), 2, 10);
        OutOfFold wholeFolds = new OutOfFold(encoding);
        wholeFolds.accept(new OutOfFold.Chunk(StringColumn.create("x", words), targets, folds));

        LevelCounts merged = new LevelCounts(1000, 1);
        OutOfFold mergedFolds = new OutOfFold(encoding);
        for (int[] part : parts(rows, random)) {
            StringColumn some = StringColumn.create("x", Arrays.copyOfRange(words, part[0], part[1]));
            double[] someTargets = Arrays.copyOfRange(targets, part[0], part[1]);
            LevelCounts each = new LevelCounts(1000, 1);
            each.accept(new LevelCounts.Chunk(some, someTargets));
            merged.merge(each);
            OutOfFold eachFolds = new OutOfFold(encoding);
            eachFolds.accept(new OutOfFold.Chunk(some, someTargets, Arrays.copyOfRange(folds, part[0], part[1])));
            mergedFolds.merge(eachFolds);
        }

        LevelSummary one = whole.finish();
        LevelSummary other = merged.finish();
        assertThat(other.exact()).isTrue();
        assertThat(other.levels())
                .extracting(LevelSummary.Level::word)
                .containsExactlyElementsOf(
                        one.levels().stream().map(LevelSummary.Level::word).toList());
        for (int i = 0; i < one.levels().size(); i++) {
            assertThat(other.levels().get(i).count())
                    .isEqualTo(one.levels().get(i).count());
            assertThat(other.levels().get(i).sums())
                    .containsExactly(one.levels().get(i).sums(), within(1e-9));
        }
        assertThat(encode(mergedFolds, words, folds)).containsExactly(encode(wholeFolds, words, folds), within(1e-12));
    }

    private static double[] encode(OutOfFold encoder, String[] words, int[] folds) {
        double[] numbers = new double[words.length];
        encoder.finish().on(StringColumn.create("x", words), folds).encode(0, words.length, numbers);
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void dates(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DateTimeColumn column = DateTimeColumn.create("x");
        for (int row = 0; row < 1000; row++) {
            column.append(
                    random.nextInt(9) == 0
                            ? null
                            : LocalDateTime.of(1900, 1, 1, 0, 0).plusMinutes(random.nextInt(100_000_000)));
        }
        DateSketch whole = new DateSketch(100);
        whole.accept(column);
        DateSketch merged = new DateSketch(100);
        for (int[] part : parts(column.size(), random)) {
            DateSketch each = new DateSketch(100);
            each.accept(column.inRange(part[0], part[1]));
            merged.merge(each);
        }

        assertThat(merged.finish()).usingRecursiveComparison().isEqualTo(whole.finish());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void texts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringColumn column = StringColumn.create("x");
        for (int row = 0; row < 500; row++) {
            column.append(random.nextInt(9) == 0 ? "" : "The " + random.nextInt(20) + " of " + random.nextInt(30));
        }
        TermCounts whole = new TermCounts(1000, 2);
        whole.accept(column);
        TermCounts merged = new TermCounts(1000, 2);
        for (int[] part : parts(column.size(), random)) {
            TermCounts each = new TermCounts(1000, 2);
            each.accept(column.inRange(part[0], part[1]));
            merged.merge(each);
        }

        assertThat(merged.finish()).usingRecursiveComparison().isEqualTo(whole.finish());
    }
}
