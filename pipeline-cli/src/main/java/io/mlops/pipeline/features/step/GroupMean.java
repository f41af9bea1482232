package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * The mean of another column's numbers over the training rows with the cell's category, drawn towards the mean of all rows.
 *
 * @param of the name of the other column
 * @param levels the categories that occurred often enough
 * @param means for each category its mean
 * @param missing the mean where the cell is missing
 * @param other the mean of all rows, for every further category
 */
public record GroupMean(String of, Vocabulary levels, double[] means, double missing, double other)
        implements LevelEncoding {
    public GroupMean {
        if (means.length != levels.size()) {
            throw new IllegalArgumentException("group_mean has numbers of different length");
        }
    }

    /**
     * Fits to the categories of the training rows.
     *
     * @param summary with two sums: of the numbers, and of how many rows have one
     * @param atLeast how often a category must occur
     */
    public static GroupMean fit(LevelSummary summary, String of, long atLeast, double smoothing) {
        double sum = summary.missing().sums()[0];
        double count = summary.missing().sums()[1];
        for (LevelSummary.Level level : summary.levels()) {
            sum += level.sums()[0];
            count += level.sums()[1];
        }
        double overall = count > 0 ? sum / count : 0;
        Vocabulary words = new Vocabulary(summary.words(atLeast));
        double[] means = new double[words.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = mean(summary.levels().get(i), overall, smoothing);
        }
        return new GroupMean(of, words, means, mean(summary.missing(), overall, smoothing), overall);
    }

    private static double mean(LevelSummary.Level level, double overall, double smoothing) {
        double weight = level.sums()[1] + smoothing;
        return weight > 0 ? (level.sums()[0] + smoothing * overall) / weight : overall;
    }

    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column + " (mean of " + of + ")"));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        int level = levels.indexOf(word);
        numbers[at] = word.isEmpty() ? missing : level < 0 ? other : means[level];
    }
}
