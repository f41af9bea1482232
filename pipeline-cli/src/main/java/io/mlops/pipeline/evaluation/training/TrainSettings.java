package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.evaluation.calibration.CalibrationMethod;
import io.mlops.pipeline.evaluation.imbalance.Imbalance;
import io.mlops.pipeline.evaluation.imbalance.SmoteSettings;
import io.mlops.pipeline.evaluation.threshold.ThresholdSettings;
import io.mlops.pipeline.evaluation.validation.CrossValidationSettings;
import io.mlops.pipeline.settings.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code train} part of {@code pipeline.yaml}. */
public record TrainSettings(
        @Setting("The family of models.") String model,

        @Setting("Hyperparameters of the family, by name; its own defaults where absent.")
        Map<String, String> params,

        @Setting(
                "Whether the best hyperparameters of the family's newest study (see tune) up to the run's date stand in the"
                        + " place of those of params: none, auto (where there is a study that began with the same"
                        + " params), required.")
        Tuned tuned,

        @Setting("How the model is validated while it is trained.")
        CrossValidationSettings crossValidation,

        @Setting(
                "What is done about rare classes, in training rows only: none, class_weights, smote, borderline_smote.")
        Imbalance imbalance,

        @Setting("How rows of rare classes are made up.") SmoteSettings smote,

        @Setting("How the decision threshold is chosen.") ThresholdSettings threshold,

        @Setting(
                value =
                        "What wrong decisions cost, by true class, then by decided class; 1 where absent. The class that is"
                                + " expected to cost the least is chosen, and train.threshold is not read.",
                min = 0)
        Map<String, Map<String, Double>> costs,

        @Setting("How probabilities are corrected: auto, none, platt, temperature, isotonic.")
        CalibrationMethod calibration,

        @Setting(
                value = "The share of training rows that decides when boosting stops; it is learned from in the end.",
                min = 0.01,
                max = 0.5)
        double stoppingShare,

        @Setting(value = "On how many rows permutation importance is measured; 0 for none.", min = 0, max = 1_000_000)
        int importanceRows,

        @Setting("A fitted preprocessor to use; that of prepare-features where absent.") @Nullable String preprocessor,

        @Setting("A label of your own that is kept in the bundle.") @Nullable String label) {

    public TrainSettings {
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        costs = Collections.unmodifiableMap(new LinkedHashMap<>(costs));
    }

    /** The same, validated otherwise. */
    public TrainSettings with(CrossValidationSettings otherValidation) {
        return with(otherValidation, calibration);
    }

    /** The same, with the probabilities as they are. */
    TrainSettings uncalibrated() {
        return with(crossValidation, CalibrationMethod.NONE);
    }

    private TrainSettings with(CrossValidationSettings otherValidation, CalibrationMethod otherCalibration) {
        return new TrainSettings(
                model,
                params,
                tuned,
                otherValidation,
                imbalance,
                smote,
                threshold,
                costs,
                otherCalibration,
                stoppingShare,
                importanceRows,
                preprocessor,
                label);
    }

    public static TrainSettings defaults() {
        return new TrainSettings(
                "xgboost",
                Map.of(),
                Tuned.NONE,
                CrossValidationSettings.defaults(),
                Imbalance.NONE,
                SmoteSettings.defaults(),
                ThresholdSettings.defaults(),
                Map.of(),
                CalibrationMethod.AUTO,
                0.15,
                2_500,
                null,
                null);
    }
}
