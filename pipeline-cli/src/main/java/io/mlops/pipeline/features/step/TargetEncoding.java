package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * The mean target of the cell's category, drawn towards the mean of all rows: {@code (sum + smoothing * prior) / (count +
 * smoothing)} (Micci-Barreca 2001); the prior where the category is not in the list. A model must not be trained on these
 * numbers, which hold each row's own target, but on those of {@link OutOfFold}.
 *
 * @param labels what each output is the mean of: a label, whose share it is; one empty text where the target is a number
 * @param levels the categories that occurred often enough
 * @param values for each category, the number of each output
 * @param missing the number of each output where the cell is missing
 * @param prior the mean target of all rows, for each output
 */
public record TargetEncoding(
        List<String> labels, Vocabulary levels, double[][] values, double[] missing, double[] prior, double smoothing)
        implements LevelEncoding {
    public TargetEncoding {
        labels = List.copyOf(labels);
        boolean fits = missing.length == labels.size() && prior.length == labels.size();
        for (double[] value : values) {
            fits &= value.length == labels.size();
        }
        if (!fits || values.length != levels.size() || labels.isEmpty()) {
            throw new IllegalArgumentException("target_encoding has numbers of different length");
        }
    }

    /**
     * Fits to the categories of the training rows.
     *
     * @param atLeast how often a category must occur
     */
    public static TargetEncoding fit(LevelSummary summary, List<String> labels, long atLeast, double smoothing) {
        int width = labels.size();
        double[] prior = new double[width];
        long rows = summary.missing().count();
        add(prior, summary.missing().sums());
        for (LevelSummary.Level level : summary.levels()) {
            rows += level.count();
            add(prior, level.sums());
        }
        for (int i = 0; i < width; i++) {
            prior[i] /= Math.max(1, rows);
        }
        Vocabulary words = new Vocabulary(summary.words(atLeast));
        double[][] values = new double[words.size()][];
        for (int i = 0; i < values.length; i++) {
            LevelSummary.Level level = summary.levels().get(i);
            values[i] = smooth(level.sums(), (double) level.count(), prior, smoothing);
        }
        double[] missing =
                smooth(summary.missing().sums(), (double) summary.missing().count(), prior, smoothing);
        return new TargetEncoding(labels, words, values, missing, prior, smoothing);
    }

    @Override
    public List<Output> outputs(String column) {
        return labels.stream()
                .map(label -> label.isEmpty() ? " (mean target)" : " (share of " + label + ")")
                .map(suffix -> Output.number(column + suffix))
                .toList();
    }

    @Override
    public int width() {
        return labels.size();
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        int level = levels.indexOf(word);
        double[] value = word.isEmpty() ? missing : level < 0 ? prior : values[level];
        System.arraycopy(value, 0, numbers, at, value.length);
    }

    static double[] smooth(double[] sums, double count, double[] prior, double smoothing) {
        double[] value = new double[prior.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = count + smoothing > 0 ? (sums[i] + smoothing * prior[i]) / (count + smoothing) : prior[i];
        }
        return value;
    }

    private static void add(double[] to, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }
}
