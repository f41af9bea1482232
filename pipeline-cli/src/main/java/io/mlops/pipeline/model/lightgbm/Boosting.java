package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.boosting.Labels;
import io.mlops.pipeline.model.boosting.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One run of boosting, with its native memory. */
final class Boosting implements AutoCloseable {
    /** The megabytes in which histograms of leaves wait to be used again. */
    private static final int HISTOGRAMS = 256;

    private final LightgbmParameters parameters;
    private final FitContext context;
    private final TrainingSet rows;
    private final Task task;
    private final Labels labels;
    private final String settings;
    private final NativeRows training;
    private final @Nullable NativeRows validation;

    Boosting(
            LightgbmParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context) {
        this.parameters = parameters;
        this.context = context;
        this.rows = training;
        this.task = training.target().task();
        this.labels = Labels.of(training);
        this.settings = settings();
        this.training = copy(training, null);
        this.validation = validation == null || validation.rows() == 0 ? null : copy(validation, this.training);
    }

    private NativeRows copy(TrainingSet copied, @Nullable NativeRows reference) {
        return new NativeRows(copied, labels.of(copied.values(), task.isClassification()), settings, reference);
    }

    LightgbmModel run() {
        try (NativeBooster booster = new NativeBooster(training, settings)) {
            if (validation != null) {
                booster.watch(validation);
            }
            Rounds rounds = new Rounds(parameters.rounds(), parameters.earlyStoppingRounds(), labels.scale(), context);
            while (rounds.goOn()) {
                // Where nothing can be split the first round still holds the base rate.
                boolean grown = booster.grow();
                if (grown || rounds.made() == 0) {
                    rounds.add(
                            booster.loss(0),
                            validation == null ? OptionalDouble.empty() : OptionalDouble.of(booster.loss(1)));
                }
                if (!grown) {
                    break;
                }
            }
            double offset = task.isClassification() ? 0 : labels.offsets()[0];
            List<String> features =
                    rows.features().features().stream().map(Feature::name).toList();
            return new LightgbmModel(
                    // All but the number of threads, which does not change what is grown.
                    booster.text(rounds.best()).replaceFirst("\\[num_threads: [0-9-]+\\]\n", ""),
                    new Outputs(task, offset, labels.scale(), features),
                    rows.target().outputs(),
                    rounds.curves(task));
        }
    }

    private String settings() {
        Map<String, Object> all = new LinkedHashMap<>();
        switch (task) {
            case BINARY -> all.put("objective", "binary");
            case MULTICLASS -> {
                all.put("objective", "multiclass");
                all.put("num_class", labels.offsets().length);
            }
            case REGRESSION -> all.put("objective", "regression");
        }
        all.put("metric", task == Task.REGRESSION ? "rmse" : task == Task.BINARY ? "binary_logloss" : "multi_logloss");
        all.put("verbosity", -1);
        all.put("seed", (int) (context.seed() ^ (context.seed() >>> 32)) & Integer.MAX_VALUE);
        all.put("num_threads", NativeLibrary.threads(context.threads()));
        all.put("deterministic", true);
        // By rows, each thread would sum its own share of a histogram.
        all.put("force_col_wise", true);
        all.put("histogram_pool_size", HISTOGRAMS);
        List<Feature> features = rows.features().features();
        String categorical = IntStream.range(0, features.size())
                .filter(i -> features.get(i).isCategorical())
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        if (!categorical.isEmpty()) {
            all.put("categorical_feature", categorical);
        }
        all.putAll(parameters.toNative(rows.rows()));
        return all.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        training.close();
        if (validation != null) {
            validation.close();
        }
    }
}
