package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * The curves of one class against the rest.
 *
 * @param label the class
 * @param rows how many rows are of this class
 * @param roc from (0, 0) to (1, 1)
 * @param precisionRecall in ascending order of recall
 * @param calibration bins of about equally many rows, in ascending order of probability
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ClassCurves(
        String label,
        long rows,
        List<RocPoint> roc,
        List<PrecisionRecallPoint> precisionRecall,
        List<CalibrationBin> calibration) {
    public ClassCurves {
        roc = List.copyOf(roc);
        precisionRecall = List.copyOf(precisionRecall);
        calibration = List.copyOf(calibration);
    }

    /** The shares of positive and of negative rows at or above a probability. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record RocPoint(double falsePositiveRate, double truePositiveRate) {}

    /** Precision and recall of the rows at or above a probability. */
    public record PrecisionRecallPoint(double recall, double precision) {}

    /**
     * Rows of similar probability.
     *
     * @param rows how many they are
     * @param predicted their mean probability
     * @param observed the share of them that is of the class
     */
    public record CalibrationBin(long rows, double predicted, double observed) {}
}
