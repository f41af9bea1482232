package io.mlops.pipeline.bundle;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.typing.Chunk;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.explain.UnitChange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Why rows are predicted as they are: what each column of the table adds to the prediction, in its own units.
 *
 * <p>What is explained is the number that {@link Scorer} gives, after calibration: of classes the logarithm of the odds
 * and the probability of one of them, of a regression the value. What the columns add and {@link #base} together are that
 * number.
 */
public final class Explainer {
    /** How many contributions are held at once. */
    private static final int MOST_VALUES = 1 << 21;

    private final Scorer scorer;

    public Explainer(Scorer scorer) {
        this.scorer = scorer;
    }

    /**
     * What one column adds to one prediction.
     *
     * @param column its name
     * @param effect on the logarithm of the odds of the class, or on the value
     * @param probability on the probability of the class; 0 for a regression
     */
    public record Reason(String column, double effect, double probability) {}

    /**
     * The number that the columns of a row add to.
     *
     * @param effect the logarithm of the odds of the class, or the value
     * @param probability of the class; 0 for a regression
     */
    public record Base(double effect, double probability) {}

    /** Where each class starts from, or the value, as the only one; the same for all rows. */
    public List<Base> base() {
        Contributions none = scorer.model()
                .contributions(new FeatureMatrix(scorer.preprocessor().features(), 0, new float[0]));
        return IntStream.range(0, scorer.target().outputs())
                .mapToObj(output -> {
                    double[] base = change(none, output).base();
                    return new Base(base[0], base[1]);
                })
                .toList();
    }

    /** The reasons for the class that was decided on, or for the value. */
    public List<List<Reason>> reasons(Chunk chunk, Scores scores, int most) {
        return reasons(scorer.preprocessor().transform(chunk.rows()), scores, most);
    }

    /** The reasons for the class that was decided on, or for the value. */
    public List<List<Reason>> reasons(FeatureMatrix features, Scores scores, int most) {
        boolean classes = scorer.target().task().isClassification();
        return reasons(features, scores, classes ? scores.chosen() : new int[features.rows()], most);
    }

    /**
     * The reasons for each row's output, the weightiest first, without those that add nothing.
     *
     * @param outputs which output of each row is explained
     * @param most how many reasons a row has at most
     */
    public List<List<Reason>> reasons(FeatureMatrix features, Scores scores, int[] outputs, int most) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        List<Reason>[] reasons = new List[features.rows()];
        int columns = Contributions.columns(features).size();
        int rowsAtOnce = Math.max(1, MOST_VALUES / columns / scorer.target().outputs());
        for (int from = 0; from < features.rows(); from += rowsAtOnce) {
            int start = from;
            int end = Math.min(features.rows(), from + rowsAtOnce);
            Contributions given = contributions(features, start, end);
            UnitChange[] changes = IntStream.range(0, scorer.target().outputs())
                    .mapToObj(output -> change(given, output))
                    .toArray(UnitChange[]::new);
            IntStream.range(start, end).parallel().forEach(row -> {
                double output = scores.output(row, outputs[row]);
                double[] added = changes[outputs[row]].row(row - start, reached(output));
                reasons[row] = weightiest(given.columns(), added, most);
            });
        }
        return Arrays.asList(reasons);
    }

    private Contributions contributions(FeatureMatrix features, int from, int to) {
        FeatureMatrix some = from == 0 && to == features.rows()
                ? features
                : features.select(IntStream.range(from, to).toArray());
        return scorer.model().contributions(some);
    }

    private UnitChange change(Contributions given, int output) {
        Target target = scorer.target();
        return new UnitChange(given, sums -> {
            double[] made = new double[target.outputs()];
            given.link().write(sums, made, 0);
            return reached(scorer.calibration().apply(made, target.outputs())[output]);
        });
    }

    private double[] reached(double output) {
        return scorer.target().task().isClassification()
                ? new double[] {Calibration.logit(output), output}
                : new double[] {output, 0};
    }

    private static List<Reason> weightiest(List<String> columns, double[] added, int most) {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> new Reason(columns.get(column), added[2 * column], added[2 * column + 1]))
                .filter(reason -> reason.effect() != 0 || reason.probability() != 0)
                .sorted((one, other) -> Double.compare(Math.abs(other.effect()), Math.abs(one.effect())))
                .limit(most)
                .toList();
    }
}
