package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Evaluation;
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
 * @param training how the model was trained; null where that is not known
 * @param timings what each stage took, in their order
 * @param provenance groups of names with values, by the title of the group: configuration, digests, versions, seed
 */
public record ReportModel(
        String title,
        String date,
        String learner,
        @Nullable TrainingSummary training,
        Evaluation evaluation,
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
        this(title, date, learner, null, evaluation, timings, provenance);
    }

    /**
     * What a stage took.
     *
     * @param cached whether it was answered from the cache
     */
    public record Timing(String stage, double seconds, boolean cached) {}
}
