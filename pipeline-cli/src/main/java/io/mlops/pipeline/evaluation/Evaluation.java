package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mlops.pipeline.data.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the untouched rows say about a model; of bounded size, written as {@code evaluation.json}.
 *
 * @param rows how many rows were scored
 * @param threshold the probability from which on a row is decided to be positive; null unless the task is binary
 * @param metric the metric that decides
 * @param metrics by key, in the order of {@link Metric}
 * @param undefined why a metric has no value, by key
 * @param resamples how many resamples the intervals rest on
 * @param slices the metrics by value of the columns that the configuration names
 * @param curves of the positive class, or of the most frequent of three and more classes; empty for a regression
 * @param confusion null for a regression
 * @param thresholds by ascending threshold; empty unless the task is binary
 * @param gains by ascending share of rows; empty unless the task is binary
 * @param residuals null unless the task is a regression
 * @param comparison null where there is no champion
 * @param coverage of intervals or sets of classes; null where no rows are untouched
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(
        Target target,
        long rows,
        @Nullable Double threshold,
        Metric metric,
        Map<String, Estimate> metrics,
        Map<String, String> undefined,
        int resamples,
        List<Slice> slices,
        List<ClassCurves> curves,
        @Nullable ConfusionMatrix confusion,
        List<ThresholdPoint> thresholds,
        List<GainPoint> gains,
        @Nullable Residuals residuals,
        @Nullable Comparison comparison,
        @Nullable Coverage coverage,
        Verdict verdict) {
    /** The most points that a curve has. */
    public static final int POINTS = 200;

    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        undefined = Collections.unmodifiableMap(new LinkedHashMap<>(undefined));
        slices = List.copyOf(slices);
        curves = List.copyOf(curves);
        thresholds = List.copyOf(thresholds);
        gains = List.copyOf(gains);
    }

    /** The same findings with another verdict. */
    public Evaluation with(Verdict other) {
        return with(coverage, other);
    }

    /** The same findings with what was measured of intervals or sets. */
    public Evaluation with(Coverage measured) {
        return with(measured, verdict);
    }

    private Evaluation with(@Nullable Coverage measured, Verdict other) {
        return new Evaluation(
                target,
                rows,
                threshold,
                metric,
                metrics,
                undefined,
                resamples,
                slices,
                curves,
                confusion,
                thresholds,
                gains,
                residuals,
                comparison,
                measured,
                other);
    }

    /** The metrics without their intervals, by key. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach((key, estimate) -> values.put(key, estimate.value()));
        return values;
    }
}
