package io.mlops.pipeline.evaluation.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains families out of the box on split tables, for {@code docs/defaults.md}. It reads {@code train.csv}, {@code test.csv}
 * and {@code meta.json} (target, task, labels) of each folder, and writes one line of JSON for each fit and the predictions.
 *
 * <p>Cross-validation is not repeated, of a larger table only one fifth is held out, and it is left out where it changes
 * nothing, which spares time and changes no final model but by its number of rounds and its calibration.
 *
 * <p>Arguments: the folder of the splits, a folder for the predictions, families and answers to imbalance (both with commas
 * between), names of tables.
 */
final class DefaultsComparison {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper NAMED = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int SEED = 42;
    private static final int ONE_FIFTH = 5_000;

    private DefaultsComparison() {}

    public static void main(String[] arguments) throws IOException {
        Path splits = Path.of(arguments[0]);
        Path predictions = Path.of(arguments[1]);
        for (int i = 4; i < arguments.length; i++) {
            SplitTable tables = SplitTable.read(splits.resolve(arguments[i]));
            for (String family : arguments[2].split(",")) {
                for (String imbalance : arguments[3].split(",")) {
                    String name = arguments[i] + "." + family + "." + imbalance.toLowerCase(Locale.ROOT);
                    try {
                        compare(
                                Learners.named(family.split(":")[0]),
                                family,
                                tables,
                                imbalance,
                                predictions.resolve(name + ".csv"));
                    } catch (RuntimeException e) {
                        System.out.println(JSON.writeValueAsString(Map.of("fit", name, "error", e.toString())));
                    }
                }
            }
        }
    }

    private static <P extends Record> void compare(
            Learner<P> learner, String spec, SplitTable tables, String imbalance, Path predictions) throws IOException {
        if (!learner.tasks().contains(tables.target().task())) {
            return;
        }
        long start = System.nanoTime();
        TrainSettings defaults = TrainSettings.defaults();
        TrainSettings settings = new TrainSettings(
                learner.name(),
                Map.of(),
                Tuned.NONE,
                new CrossValidationSettings(folds(learner, tables), 1, CrossValidationSettings.By.AUTO),
                imbalance.equals("default")
                        ? defaults.imbalance()
                        : Imbalance.valueOf(imbalance.toUpperCase(Locale.ROOT)),
                defaults.smote(),
                defaults.threshold(),
                Map.of(),
                defaults.calibration(),
                defaults.stoppingShare(),
                0,
                null,
                null);
        TrainingResult result = new Training<>(
                        learner,
                        parameters(learner, spec, tables.target().task()),
                        FeatureSettings.defaults(),
                        settings,
                        SEED,
                        Runtime.getRuntime().availableProcessors())
                .train(tables.train(), tables.target(), null, Progress.NONE);
        int outputs = tables.target().outputs();
        double[] predicted = result.calibration()
                .apply(result.model().predict(result.preprocessor().transform(tables.test())), outputs);
        write(predictions, tables, predicted);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("fit", predictions.getFileName().toString().replace(".csv", ""));
        line.put("seconds", (System.nanoTime() - start) / 1_000_000_000);
        line.put("imbalance", result.summary().imbalance());
        line.put("features", result.preprocessor().features().size());
        line.put("calibration", result.summary().calibration().method());
        line.put("threshold", result.decision().threshold());
        line.put("rounds", result.summary().parameters().get("rounds"));
        line.put("test", metrics(tables, predicted, result.decision()));
        line.put("test_at_half", metrics(tables, predicted, Decision.defaults()));
        line.put("cross_validation", result.summary().scores());
        System.out.println(JSON.writeValueAsString(line));
    }

    private static <P extends Record> @Nullable Integer folds(Learner<P> learner, SplitTable tables) {
        Task task = tables.target().task();
        if (task == Task.REGRESSION && !learner.stopsEarly(learner.defaults(task))) {
            return 0;
        }
        return tables.train().count() < ONE_FIFTH ? null : 1;
    }

    /** The family's defaults, but for what stands behind its name: {@code xgboost:lambda=1:max_depth=4}. */
    private static <P extends Record> P parameters(Learner<P> learner, String spec, Task task) {
        P defaults = learner.defaults(task);
        Map<String, Object> values =
                NAMED.convertValue(defaults, new TypeReference<LinkedHashMap<String, Object>>() {});
        String[] parts = spec.split(":");
        for (int i = 1; i < parts.length; i++) {
            values.put(parts[i].split("=")[0], parts[i].split("=")[1]);
        }
        @SuppressWarnings("unchecked")
        Class<P> type = (Class<P>) defaults.getClass();
        return NAMED.convertValue(values, type);
    }

    /** Of the test rows whose target is usable. */
    private static Map<String, Double> metrics(SplitTable tables, double[] predicted, Decision decision) {
        Predictions all = Predictions.of(tables.target(), tables.truth(), predicted, decision);
        return Metrics.compute(all).values();
    }

    private static void write(Path file, SplitTable tables, double[] predicted) throws IOException {
        List<String> classes = tables.target().classes();
        StringBuilder text = new StringBuilder();
        text.append(
                classes.isEmpty() ? "prediction" : "\"probability_" + String.join("\",\"probability_", classes) + "\"");
        int width = tables.target().outputs();
        for (int i = 0; i < predicted.length; i++) {
            text.append(i % width == 0 ? '\n' : ',').append(predicted[i]);
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.append('\n'));
    }
}
