package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.calibration.CalibrationChoice;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.threshold.ThresholdChoice;
import io.mlops.pipeline.evaluation.validation.FoldPlan;
import io.mlops.pipeline.model.LearningCurve;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model was trained and how well it did on rows held out; goes to JSON and back.
 *
 * @param model the family
 * @param parameters the hyperparameters of the final fit, by their names in yaml
 * @param rows how many rows the final fit learned from, without made-up ones
 * @param features how many columns the learner saw
 * @param imbalance what was done about rare classes: {@code none}
 * @param plan how the model was validated
 * @param planInWords the same in words
 * @param folds the scores of each fold
 * @param scores each metric over the folds
 * @param threshold null where there are not two classes
 * @param curves how the loss went in the folds of the first repetition
 * @param gain how much each feature contributed to the final model
 * @param permutation how much worse the model gets without each column
 * @param leaderboard null where there was one model only
 * @param selection which columns were learned from; null where none were selected
 * @param seconds how long each part took
 * @param notes what a person should know
 */
public record TrainingSummary(
        String model,
        Map<String, Object> parameters,
        Target target,
        int rows,
        int features,
        String imbalance,
        FoldPlan plan,
        String planInWords,
        List<FoldScore> folds,
        Map<String, Spread> scores,
        CalibrationChoice calibration,
        @Nullable ThresholdChoice threshold,
        List<FoldCurve> curves,
        Map<String, Double> gain,
        List<PermutationImportance> permutation,
        @Nullable Leaderboard leaderboard,
        @Nullable SelectionSummary selection,
        Map<String, Double> seconds,
        List<String> notes) {

    /** How the loss went in one fold. */
    public record FoldCurve(int fold, LearningCurve curve) {}

    /** The curves of the fold with the median number of rounds, which stands for all; of rows learned from and not. */
    public List<LearningCurve> typicalCurves() {
        List<FoldCurve> watched = curves.stream()
                .filter(each -> each.curve().values().size() > 1)
                .sorted(Comparator.comparingInt(
                                (FoldCurve each) -> each.curve().values().size())
                        .thenComparingInt(FoldCurve::fold))
                .toList();
        if (watched.isEmpty()) {
            return List.of();
        }
        FoldCurve median = watched.get(watched.size() / 2);
        return curves.stream()
                .filter(each -> each.fold() == median.fold()
                        && each.curve().metric().equals(median.curve().metric()))
                .map(FoldCurve::curve)
                .toList();
    }

    public TrainingSummary {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        folds = List.copyOf(folds);
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        curves = List.copyOf(curves);
        gain = Collections.unmodifiableMap(new LinkedHashMap<>(gain));
        permutation = List.copyOf(permutation);
        seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
        notes = List.copyOf(notes);
    }
}
