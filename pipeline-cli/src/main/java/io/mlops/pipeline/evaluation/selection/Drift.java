package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Drops the columns that tell the newest third of the rows from the oldest, one after the other, until a model can no longer
 * do so well (adversarial validation).
 */
record Drift(SelectionSettings settings, FitContext context) {
    private static final Target AGE = new Target("age", Task.BINARY, List.of("oldest", "newest"));

    /** How well the rows can be told apart, and what each column adds to it. */
    private record Told(double auc, double[] gains) {}

    List<ColumnChoice> choose(TrainingSet rows, RowKeys keys, ColumnGroups groups) {
        int[] chosen = ends(keys.times());
        double[] newest = new double[chosen.length];
        Arrays.fill(newest, chosen.length / 2, chosen.length, 1);
        FeatureMatrix matrix = rows.features().select(chosen);
        RowKeys chosenKeys = keys.select(chosen);
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, groups.size()).boxed().toList());
        String[] reasons = new String[groups.size()];
        double[] scores = new double[groups.size()];
        int least = settings.kept(groups.size());
        for (int gone = 0; ; gone++) {
            Optional<Told> told = tell(matrix.columns(groups.places(left)), newest, chosenKeys);
            double auc = told.map(Told::auc).orElse(0.5);
            boolean over = gone >= settings.rounds()
                    || left.size() <= least
                    || context.deadline().passed();
            if (told.isEmpty() || auc <= settings.maxAuc() || over) {
                for (int column : left) {
                    reasons[column] = "without those that go, the columns tell newest from oldest rows with an AUC of "
                            + text(auc);
                }
                break;
            }
            int worst = greatest(told.get().gains());
            int column = left.remove(worst);
            scores[column] = -told.get().gains()[worst];
            reasons[column] = "it told the newest rows from the oldest the best, with others to an AUC of " + text(auc);
        }
        return IntStream.range(0, groups.size())
                .mapToObj(column -> new ColumnChoice(
                        groups.names().get(column), left.contains(column), scores[column], reasons[column]))
                .toList();
    }

    /** On rows that were not learned from; empty where the rows have one time only. */
    private Optional<Told> tell(FeatureMatrix matrix, double[] newest, RowKeys keys) {
        TrainingSet rows = new TrainingSet(matrix, AGE, newest, null);
        RowKeys aged = new RowKeys(keys.numbers(), keys.hashes(), newest, null, keys.groups());
        return Sides.split(aged, AGE, 0.5, context.seed()).flatMap(fold -> {
            Sides sides = Sides.of(rows, fold);
            TrainedModel model = Probe.fit(sides, context);
            double[] outputs = model.predict(sides.other().features());
            var auc = Metrics.compute(Predictions.of(AGE, sides.other().values(), outputs, Decision.defaults()))
                    .value(Metric.AUC);
            return auc.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Told(
                            auc.getAsDouble(),
                            Probe.gains(model, matrix.features(), ColumnGroups.of(matrix.features()))));
        });
    }

    /** The oldest third of the rows, then as many of the newest; of rows that have a time. */
    private static int[] ends(long @Nullable [] times) {
        if (times == null) {
            throw new IllegalStateException("no column orders the rows by time");
        }
        int[] ordered = IntStream.range(0, times.length)
                .filter(row -> times[row] != Long.MAX_VALUE)
                .boxed()
                .sorted((a, b) -> Long.compare(times[a], times[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int third = ordered.length / 3;
        int[] ends = Arrays.copyOf(ordered, 2 * third);
        System.arraycopy(ordered, ordered.length - third, ends, third, third);
        return ends;
    }

    private static int greatest(double[] values) {
        int greatest = 0;
        for (int i = 1; i < values.length; i++) {
            greatest = values[i] > values[greatest] ? i : greatest;
        }
        return greatest;
    }

    private static String text(double auc) {
        return String.format(Locale.ROOT, "%.2f", auc);
    }
}
