package io.mlops.pipeline.features.step;

import java.util.ArrayList;
import java.util.List;

/**
 * The categories of a column.
 *
 * @param levels the categories, the most frequent first
 * @param missing the rows without one
 * @param exact whether none was forgotten for want of space
 */
public record LevelSummary(List<Level> levels, Level missing, boolean exact) {
    /**
     * One category.
     *
     * @param sums the sums of the targets of its rows
     */
    public record Level(String word, long count, double[] sums) {}

    public LevelSummary {
        levels = List.copyOf(levels);
    }

    /** The words that occur at least so often, the most frequent first. */
    public List<String> words(long atLeast) {
        return levels.stream()
                .takeWhile(level -> level.count() >= atLeast)
                .map(Level::word)
                .toList();
    }

    /** How many rows have a category that occurs at least so often. */
    public long rows(long atLeast) {
        return levels.stream()
                .mapToLong(Level::count)
                .takeWhile(count -> count >= atLeast)
                .sum();
    }

    /** The numbers that an encoding of words makes of these categories and of the missing cells, for each output. */
    public List<Distribution> distributions(Encoding encoding) {
        if (!(encoding instanceof LevelEncoding words)) {
            throw new IllegalArgumentException("not an encoding of single words: " + encoding);
        }
        int width = words.width();
        List<NumberSketch> sketches = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            sketches.add(new NumberSketch(levels.size() + 2));
        }
        for (Level level : levels) {
            add(words, level, sketches);
        }
        add(words, missing, sketches);
        return sketches.stream().map(NumberSketch::finish).toList();
    }

    private static void add(LevelEncoding encoding, Level level, List<NumberSketch> sketches) {
        double[] numbers = new double[sketches.size()];
        encoding.encode(level.word(), numbers, 0);
        for (int i = 0; i < numbers.length; i++) {
            sketches.get(i).add(numbers[i], level.count());
        }
    }
}
