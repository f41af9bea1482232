package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.Accumulator;
import io.mlops.pipeline.data.CategoryCodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;

/**
 * How often each category occurs, and the sums of the targets of its rows.
 *
 * <p>Exact up to a number of distinct categories. When twice as many are held, the rarer half is forgotten, so that rare
 * ones may be missing or counted too low; frequent ones stay.
 */
public final class LevelCounts implements Accumulator<LevelCounts.Chunk, LevelCounts, LevelSummary> {
    /**
     * What one chunk gives.
     *
     * @param targets what is summed for each category: row by row, as many numbers as the accumulator has sums; null
     *     where nothing is
     */
    public record Chunk(StringColumn column, double @Nullable [] targets) {}

    private static final Comparator<Level> FREQUENT_FIRST =
            Comparator.comparingLong((Level level) -> -level.count).thenComparing(level -> level.word);

    private final int limit;
    private final int sums;
    private final Map<String, Level> levels = new HashMap<>();
    private final Level missing;
    private boolean exact = true;

    /**
     * @param limit the most categories that are surely told apart
     * @param sums how many targets a row has; 0 where categories are only counted
     */
    public LevelCounts(int limit, int sums) {
        this.limit = limit;
        this.sums = sums;
        missing = new Level("", sums);
    }

    @Override
    public void accept(Chunk chunk) {
        CategoryCodes words = CategoryCodes.of(chunk.column());
        // A missing cell has the code -1, and so the first place.
        Level[] here = new Level[words.levels().size() + 1];
        here[0] = missing;
        for (int i = 1; i < here.length; i++) {
            here[i] = levels.computeIfAbsent(words.levels().get(i - 1), word -> new Level(word, sums));
        }
        int[] codes = words.codes();
        double[] targets = chunk.targets();
        for (int row = 0; row < codes.length; row++) {
            Level level = here[codes[row] + 1];
            level.count++;
            if (targets != null) {
                for (int i = 0; i < sums; i++) {
                    level.sums[i] += targets[row * sums + i];
                }
            }
        }
        prune();
    }

    @Override
    public void merge(LevelCounts other) {
        missing.add(other.missing);
        other.levels.forEach((word, level) ->
                levels.computeIfAbsent(word, each -> new Level(each, sums)).add(level));
        exact &= other.exact;
        prune();
    }

    @Override
    public LevelSummary finish() {
        List<Level> sorted = new ArrayList<>(levels.values());
        sorted.sort(FREQUENT_FIRST);
        return new LevelSummary(
                sorted.stream()
                        .map(level -> new LevelSummary.Level(level.word, level.count, level.sums))
                        .toList(),
                new LevelSummary.Level("", missing.count, missing.sums),
                exact);
    }

    private void prune() {
        if (levels.size() > 2L * limit) {
            List<Level> sorted = new ArrayList<>(levels.values());
            sorted.sort(FREQUENT_FIRST);
            sorted.subList(limit, sorted.size()).forEach(level -> levels.remove(level.word));
            exact = false;
        }
    }

    private static final class Level {
        final String word;
        final double[] sums;
        long count;

        Level(String word, int sums) {
            this.word = word;
            this.sums = new double[sums];
        }

        void add(Level other) {
            count += other.count;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += other.sums[i];
            }
        }
    }
}
