package io.mlops.pipeline.evaluation.importance;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How much worse a model gets where the values of one column are shuffled among the rows (Breiman 2001).
 *
 * @param column the column of the table; the features made from it are shuffled together
 * @param metric by which the model is judged: {@code auc}
 * @param mean how much worse, in the mean over the folds; about 0 or below where the column does not matter
 * @param deviation the standard deviation over the folds; 0 where there is one
 */
public record PermutationImportance(String column, String metric, double mean, double deviation) {
    /** More columns than this are shuffled only where the model itself says they matter the most. */
    static final int MOST_COLUMNS = 100;

    /**
     * How much worse one model gets, by column, on rows it has not learned from; empty where the metric is undefined.
     *
     * @param mostRows of more rows a sample is taken
     */
    public static Map<String, Double> measure(
            TrainedModel model, FeatureMatrix features, double[] truth, Target target, int mostRows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] rows = sample(features.rows(), mostRows, random);
        if (rows.length == 0) {
            return Map.of();
        }
        FeatureMatrix sample = features.select(rows);
        double[] sampleTruth = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            sampleTruth[i] = truth[rows[i]];
        }
        Metric metric = Metric.primary(target.task());
        OptionalDouble base = score(model, sample, sampleTruth, target, metric);
        Map<String, Double> losses = new LinkedHashMap<>();
        if (base.isEmpty()) {
            return losses;
        }
        columnsOf(model, sample).forEach((column, indexes) -> {
            int[] order = permutation(rows.length, random.split());
            float[] values = sample.values().clone();
            for (int row = 0; row < order.length; row++) {
                for (int index : indexes) {
                    values[row * sample.columns() + index] = sample.get(order[row], index);
                }
            }
            FeatureMatrix shuffled = new FeatureMatrix(sample.features(), rows.length, values);
            score(model, shuffled, sampleTruth, target, metric)
                    .ifPresent(score -> losses.put(column, metric.improvement(base.getAsDouble(), score)));
        });
        return losses;
    }

    /** The mean over what was measured on several folds, the most important column first. */
    public static List<PermutationImportance> merge(List<Map<String, Double>> folds, Target target) {
        Map<String, List<Double>> byColumn = new LinkedHashMap<>();
        folds.forEach(fold -> fold.forEach((column, loss) ->
                byColumn.computeIfAbsent(column, any -> new ArrayList<>()).add(loss)));
        String metric = Metric.primary(target.task()).key();
        List<PermutationImportance> merged = new ArrayList<>();
        byColumn.forEach((column, losses) -> {
            double mean = losses.stream().mapToDouble(loss -> loss).sum() / losses.size();
            double squares = losses.stream()
                    .mapToDouble(loss -> (loss - mean) * (loss - mean))
                    .sum();
            double deviation = losses.size() > 1 ? Math.sqrt(squares / (losses.size() - 1)) : 0;
            merged.add(new PermutationImportance(column, metric, mean, deviation));
        });
        merged.sort(Comparator.comparingDouble(PermutationImportance::mean)
                .reversed()
                .thenComparing(PermutationImportance::column));
        return Collections.unmodifiableList(merged);
    }

    private static OptionalDouble score(
            TrainedModel model, FeatureMatrix features, double[] truth, Target target, Metric metric) {
        return Metrics.compute(Predictions.of(target, truth, model.predict(features), Decision.defaults()))
                .value(metric);
    }

    /** The features made from each column; of too many columns those with the greatest importance of the model's own. */
    private static Map<String, int[]> columnsOf(TrainedModel model, FeatureMatrix features) {
        Map<String, List<Integer>> indexes = new LinkedHashMap<>();
        Map<String, Double> gains = new LinkedHashMap<>();
        Map<String, Double> importance = model.importance();
        for (int index = 0; index < features.columns(); index++) {
            Feature feature = features.features().get(index);
            indexes.computeIfAbsent(feature.source(), any -> new ArrayList<>()).add(index);
            gains.merge(feature.source(), importance.getOrDefault(feature.name(), 0.0), Double::sum);
        }
        Map<String, int[]> columns = new LinkedHashMap<>();
        gains.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST_COLUMNS)
                .forEach(each -> columns.put(
                        each.getKey(),
                        indexes.getOrDefault(each.getKey(), List.of()).stream()
                                .mapToInt(Integer::intValue)
                                .toArray()));
        return columns;
    }

    private static int[] sample(int rows, int most, SplittableRandom random) {
        if (rows <= most) {
            return IntStream.range(0, rows).toArray();
        }
        int[] sample = new int[most];
        int taken = 0;
        for (int row = 0; row < rows && taken < most; row++) {
            if (random.nextInt(rows - row) < most - taken) {
                sample[taken++] = row;
            }
        }
        return sample;
    }

    private static int[] permutation(int rows, SplittableRandom random) {
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
