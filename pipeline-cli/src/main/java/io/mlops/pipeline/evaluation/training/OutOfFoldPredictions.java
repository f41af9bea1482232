package io.mlops.pipeline.evaluation.training;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.model.Decision;

/**
 * What models said about training rows that they had not seen, corrected by calibrations that had not seen them either; the
 * mean over the repetitions. The arrays are not copied, so nobody may change them.
 *
 * @param numbers the row's number in what was read, of the rows that were held out at least once
 * @param truth the target of each of them, as {@link Target#values} gives it
 * @param outputs row by row, {@link Target#outputs} numbers each
 */
public record OutOfFoldPredictions(long[] numbers, double[] truth, double[] outputs) {
    /** Of no rows. */
    public static OutOfFoldPredictions none() {
        return new OutOfFoldPredictions(new long[0], new double[0], new double[0]);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return numbers.length == 0;
    }

    /** The same with the class decided. */
    public Predictions decided(Target target, Decision decision) {
        return Predictions.of(target, truth, outputs, decision);
    }
}
