package io.mlops.pipeline.report;

import io.mlops.pipeline.data.profile.Profile;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.explanation.Explanations;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a report tells; what is empty or null is left out of it.
 *
 * @param title what was learned, for people: the project's name
 * @param date the run's date
 * @param learner the family of the model: {@code xgboost}
 * @param data what was learned from; null where that is not known
 * @param training how the model was trained; null where that is not known
 * @param explanations why rows were predicted as they were; null where that was not asked
 * @param timings what each stage took, in their order
 * @param provenance groups of names with values, by the title of the group: configuration, digests, versions, seed
 */
public record ReportModel(
        String title,
        String date,
        String learner,
        @Nullable Data data,
        @Nullable TrainingSummary training,
        Evaluation evaluation,
        @Nullable Explanations explanations,
        List<Timing> timings,
        Map<String, Map<String, String>> provenance) {
    public ReportModel {
        timings = List.copyOf(timings);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    /** A report on the evaluation alone. */
    public ReportModel(
            String title,
            String date,
            String learner,
            Evaluation evaluation,
            List<Timing> timings,
            Map<String, Map<String, String>> provenance) {
        this(title, date, learner, null, null, evaluation, null, timings, provenance);
    }

    /**
     * What was learned from.
     *
     * @param profile of the training rows
     * @param warnings suspicions that a person should look at
     */
    public record Data(
            Validation validation, Profile profile, long trainingRows, long testRows, List<String> warnings) {
        public Data {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * What a stage took.
     *
     * @param cached whether it was answered from the cache
     */
    public record Timing(String stage, double seconds, boolean cached) {}
}
