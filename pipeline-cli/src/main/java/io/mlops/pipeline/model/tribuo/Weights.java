package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.TrainingSet;
import java.util.HashMap;
import java.util.Map;
import org.tribuo.classification.Label;

/** The weights that LibLinear and LibSVM take: one per class. */
final class Weights {
    private Weights() {}

    /** The weight of each class that occurs; refuses rows of one class with different weights. */
    static Map<Label, Float> perClass(String learner, TrainingSet rows) {
        Map<Label, Float> weights = new HashMap<>();
        for (int row = 0; row < rows.rows(); row++) {
            float weight = (float) rows.weight(row);
            Float other = weights.putIfAbsent(new Label(String.valueOf((int) rows.values()[row])), weight);
            if (other != null && other != weight) {
                throw PipelineException.usage("model '" + learner
                        + "' can weigh classes but not single rows; use class weights, or 'xgboost' instead");
            }
        }
        return weights;
    }

    /** Refuses any weights but equal ones. */
    static void requireNone(String learner, TrainingSet rows) {
        for (int row = 1; row < rows.rows(); row++) {
            if (rows.weight(row) != rows.weight(0)) {
                throw PipelineException.usage(
                        "model '" + learner + "' cannot weigh rows of a regression; use 'xgboost' instead");
            }
        }
    }
}
