package io.mlops.pipeline.evaluation.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How good the model of one fold is on the rows it did not see; its calibration and threshold come from the other folds.
 *
 * @param rounds after how many rounds boosting stopped; 0 where nothing was boosted
 * @param metrics by key, in the order in which they are shown
 */
public record FoldScore(
        int repeat,
        int fold,
        int trainingRows,
        int heldOutRows,
        int rounds,
        double seconds,
        Map<String, Double> metrics) {
    public FoldScore {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
