package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * Which share of the training rows had the cell's category; 0 for one that occurred once or never.
 *
 * @param levels the categories that occurred more than once
 * @param shares for each category its share
 * @param missing the share of rows without a category
 */
public record Frequency(Vocabulary levels, double[] shares, double missing) implements LevelEncoding {
    /** A category of one row is as rare as one that was never seen. */
    private static final long REPEATED = 2;

    public Frequency {
        if (shares.length != levels.size()) {
            throw new IllegalArgumentException("frequency has numbers of different length");
        }
    }

    /** Fits to the categories of the training rows. */
    public static Frequency fit(LevelSummary summary) {
        double rows = (double) (summary.missing().count() + summary.rows(1));
        Vocabulary words = new Vocabulary(summary.words(REPEATED));
        double[] shares = new double[words.size()];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = summary.levels().get(i).count() / rows;
        }
        return new Frequency(words, shares, summary.missing().count() / rows);
    }

    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column + " (frequency)"));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        int level = levels.indexOf(word);
        numbers[at] = word.isEmpty() ? missing : level < 0 ? 0 : shares[level];
    }
}
