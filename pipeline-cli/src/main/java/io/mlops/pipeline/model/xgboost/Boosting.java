package io.mlops.pipeline.model.xgboost;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.boosting.Labels;
import io.mlops.pipeline.model.boosting.Rounds;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/** One run of boosting, with its native memory. */
final class Boosting implements AutoCloseable {
    private final XgboostParameters parameters;
    private final FitContext context;
    private final Task task;
    private final Labels labels;
    private final List<String> features;
    private final DMatrix training;
    private final @Nullable DMatrix validation;

    Boosting(XgboostParameters parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context)
            throws XGBoostError {
        this.parameters = parameters;
        this.context = context;
        this.task = training.target().task();
        this.labels = Labels.of(training);
        this.features = Outputs.names(training.features().features());
        this.training = matrix(training);
        this.validation = validation == null || validation.rows() == 0 ? null : matrix(validation);
    }

    private DMatrix matrix(TrainingSet rows) throws XGBoostError {
        return Matrices.of(rows, labels.of(rows.values(), task.isClassification()));
    }

    TreeModel run(String learner) throws XGBoostError {
        Map<String, DMatrix> watches = new LinkedHashMap<>();
        watches.put("train", training);
        if (validation != null) {
            watches.put("validation", validation);
        }
        Booster booster = NativeTraining.empty(training, settings(), watches);
        try {
            Rounds rounds = new Rounds(parameters.rounds(), parameters.earlyStoppingRounds(), labels.scale(), context);
            DMatrix[] watched = watches.values().toArray(DMatrix[]::new);
            String[] names = watches.keySet().toArray(String[]::new);
            while (rounds.goOn()) {
                int round = rounds.made();
                booster.update(training, round);
                add(rounds, booster.evalSet(watched, names, round));
            }
            Outputs outputs = new Outputs(kind(), labels.offsets(), labels.scale(), rounds.best(), features);
            return TreeModel.of(learner, booster.toByteArray("ubj"), outputs, rounds.curves(task), context.threads());
        } finally {
            booster.dispose();
        }
    }

    /** Adds a round's losses as XGBoost prints them: {@code [3]\ttrain-logloss:0.51\tvalidation-logloss:0.53}. */
    private static void add(Rounds rounds, String losses) {
        String[] parts = losses.trim().split("\t");
        rounds.add(loss(parts[1]), parts.length > 2 ? OptionalDouble.of(loss(parts[2])) : OptionalDouble.empty());
    }

    private static double loss(String part) {
        return Double.parseDouble(part.substring(part.lastIndexOf(':') + 1));
    }

    private Map<String, Object> settings() {
        String objective =
                switch (task) {
                    case BINARY -> "binary:logistic";
                    case MULTICLASS -> "multi:softprob";
                    case REGRESSION -> "reg:squarederror";
                };
        double baseScore =
                switch (task) {
                    // A base score of 0 or 1 has no logarithm of odds.
                    case BINARY -> Math.min(1 - 1e-6, Math.max(1e-6, labels.offsets()[1]));
                    case MULTICLASS -> 0.5;
                    case REGRESSION -> 0;
                };
        Map<String, Object> settings =
                NativeTraining.settings(context, objective, baseScore, parameters.toNative(), features.size());
        settings.put("eval_metric", metric());
        if (task == Task.MULTICLASS) {
            settings.put("num_class", labels.offsets().length);
        }
        return settings;
    }

    private String metric() {
        return switch (task) {
            case BINARY -> "logloss";
            case MULTICLASS -> "mlogloss";
            case REGRESSION -> "rmse";
        };
    }

    private Outputs.Kind kind() {
        return switch (task) {
            case BINARY -> Outputs.Kind.POSITIVE;
            case MULTICLASS -> Outputs.Kind.CLASSES;
            case REGRESSION -> Outputs.Kind.VALUE;
        };
    }

    @Override
    public void close() {
        training.dispose();
        if (validation != null) {
            validation.dispose();
        }
    }
}
