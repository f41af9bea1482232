package io.mlops.pipeline.stage;

import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Explainer;
import io.mlops.pipeline.bundle.Explainer.Reason;
import io.mlops.pipeline.bundle.Scores;
import io.mlops.pipeline.data.CellTexts;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.explanation.Explanations;
import io.mlops.pipeline.evaluation.explanation.Explanations.ColumnEffect;
import io.mlops.pipeline.evaluation.explanation.Explanations.Example;
import io.mlops.pipeline.evaluation.explanation.Explanations.Point;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Explains a sample of rows, and the rows that the model was most and least certain of. */
final class ExplainedSample {
    private static final int MOST_ROWS = 300;

    /** Families without a short way are asked hundreds of times for each row: after this time, what is known must do. */
    private static final Duration MOST_TIME = Duration.ofSeconds(10);

    private static final int BATCH = 20;

    /** So many columns keep what they add to each row. */
    private static final int MOST_SHOWN = 8;

    private static final int EXAMPLES = 3;
    private static final int REASONS = 5;

    private final Bundle bundle;
    private final Explainer explainer;
    private final Rows rows;
    private final Predictions predictions;
    private final Target target;

    private ExplainedSample(Bundle bundle, Rows rows, Predictions predictions) {
        this.bundle = bundle;
        this.rows = rows;
        this.predictions = predictions;
        explainer = new Explainer(bundle.scorer());
        target = bundle.target();
    }

    /**
     * Explains.
     *
     * @param predictions what the bundle says of the rows
     * @param learned whether it was trained on them
     */
    static Explanations of(Bundle bundle, Rows rows, Predictions predictions, boolean learned, long seed) {
        return new ExplainedSample(bundle, rows, predictions).explain(learned, seed);
    }

    private Explanations explain(boolean learned, long seed) {
        int[] chosen = sample(predictions.rows(), seed);
        Some some = new Some(chosen);
        int output = output(chosen);
        List<List<Reason>> reasons = new ArrayList<>();
        int[] order = shuffled(chosen.length, seed);
        Deadline deadline = Deadline.after(MOST_TIME);
        for (int from = 0; from < order.length && (from == 0 || !deadline.passed()); from += BATCH) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + BATCH));
            int[] outputs = new int[batch.length];
            Arrays.fill(outputs, output);
            FeatureMatrix features = some.features.select(batch);
            Scores scores = bundle.scorer().score(features);
            reasons.addAll(explainer.reasons(features, scores, outputs, Integer.MAX_VALUE));
        }
        return new Explanations(
                target.task().isClassification() ? target.classes().get(output) : "",
                reasons.size(),
                predictions.rows(),
                learned,
                columns(reasons, order, some),
                examples());
    }

    /** Some of the rows, ready to be explained. */
    private final class Some {
        private final FeatureMatrix features;
        private final CellTexts cells;

        Some(int[] chosen) {
            Rows selected = new SelectedRows(rows, chosen);
            features = bundle.scorer().preprocessor().transform(selected);
            cells = CellTexts.of(selected, bundle.schema());
        }
    }

    /** The event of two classes, the most frequent of more. */
    private int output(int[] chosen) {
        if (target.task() != Task.MULTICLASS) {
            return target.outputs() - 1;
        }
        int[] counts = new int[target.outputs()];
        for (int row : chosen) {
            counts[(int) predictions.truth()[row]]++;
        }
        return IntStream.range(0, counts.length)
                .boxed()
                .max(Comparator.comparing((Integer k) -> counts[k]).thenComparing(Comparator.reverseOrder()))
                .orElse(0);
    }

    private List<ColumnEffect> columns(List<List<Reason>> reasons, int[] order, Some some) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        Contributions.columns(some.features).forEach(column -> sums.put(column, new double[2]));
        for (List<Reason> row : reasons) {
            for (Reason reason : row) {
                double[] sum = sums.getOrDefault(reason.column(), new double[2]);
                sum[0] += Math.abs(reason.effect()) / reasons.size();
                sum[1] += Math.abs(reason.probability()) / reasons.size();
            }
        }
        List<String> byWeight = sums.entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> -each.getValue()[0]))
                .map(Map.Entry::getKey)
                .toList();
        List<ColumnEffect> columns = new ArrayList<>();
        for (String column : byWeight) {
            double[] sum = sums.getOrDefault(column, new double[2]);
            boolean shown = columns.size() < MOST_SHOWN && sum[0] > 0;
            columns.add(new ColumnEffect(
                    column,
                    sum[0],
                    sum[1],
                    bundle.schema().column(column).type() == ColumnType.DATETIME,
                    shown ? points(column, reasons, order, some.cells) : List.of()));
        }
        return columns;
    }

    private static List<Point> points(String column, List<List<Reason>> reasons, int[] order, CellTexts cells) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            double effect = reasons.get(i).stream()
                    .filter(reason -> reason.column().equals(column))
                    .mapToDouble(Reason::effect)
                    .sum();
            points.add(new Point(cells.of(column, order[i]), cells.number(column, order[i]), effect));
        }
        return points;
    }

    private List<Example> examples() {
        boolean classes = target.task().isClassification();
        List<Integer> byCertainty = IntStream.range(0, predictions.rows())
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -certainty(row)))
                .toList();
        int count = Math.min(EXAMPLES, byCertainty.size() / 2);
        List<Integer> wanted = new ArrayList<>(byCertainty.subList(0, count));
        wanted.addAll(byCertainty.subList(byCertainty.size() - count, byCertainty.size()));
        int[] ascending = wanted.stream().mapToInt(row -> row).sorted().toArray();
        if (ascending.length == 0) {
            return List.of();
        }
        Some some = new Some(ascending);
        List<List<Reason>> reasons =
                explainer.reasons(some.features, bundle.scorer().score(some.features), REASONS);
        ReasonCells cells = new ReasonCells(some.cells, classes);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            int row = wanted.get(i);
            int at = Arrays.binarySearch(ascending, row);
            String most = classes ? "most certain" : "highest value";
            String least = classes ? "least certain" : "lowest value";
            examples.add(new Example(
                    i < count ? most : least,
                    some.cells.rowNumber(at),
                    prediction(row),
                    truth(row),
                    cells.text(reasons.get(at), at)));
        }
        return examples;
    }

    /** How far a probability lies from where the decision changes, of the way there is; the value of a regression. */
    private double certainty(int row) {
        return switch (target.task()) {
            case REGRESSION -> predictions.output(row, 0);
            case BINARY -> {
                double threshold = predictions.decision().threshold();
                double above = predictions.output(row, 1) - threshold;
                double way = above < 0 ? threshold : 1 - threshold;
                yield way > 0 ? Math.abs(above) / way : 0;
            }
            case MULTICLASS -> {
                double[] sorted = IntStream.range(0, target.outputs())
                        .mapToDouble(k -> predictions.output(row, k))
                        .sorted()
                        .toArray();
                yield sorted[sorted.length - 1] - sorted[sorted.length - 2];
            }
        };
    }

    private String prediction(int row) {
        if (!target.task().isClassification()) {
            return String.format(Locale.ROOT, "%.6g", predictions.output(row, 0));
        }
        int decided = predictions.decided(row);
        return String.format(
                Locale.ROOT, "%s (%.1f %%)", target.classes().get(decided), 100 * predictions.output(row, decided));
    }

    private String truth(int row) {
        double truth = predictions.truth()[row];
        return target.task().isClassification()
                ? target.classes().get((int) truth)
                : String.format(Locale.ROOT, "%.6g", truth);
    }

    private static int[] sample(int rows, long seed) {
        int[] order = shuffled(rows, seed);
        return IntStream.of(order).limit(MOST_ROWS).sorted().toArray();
    }

    private static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
