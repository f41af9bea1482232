package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.xgboost.Xgboost;
import io.mlops.pipeline.model.xgboost.XgboostParameters;
import java.util.List;
import java.util.Map;

/**
 * A small boosted model that shows what columns are good for, whatever the family that is to learn from them. It stops where
 * other rows get no better, so that it makes little of noise.
 */
final class Probe {
    private static final XgboostParameters PARAMETERS = new XgboostParameters(
            60, 0.2, 4, 1, 0.8, 0.5, 1, 1, 1, 0, 0, 32, XgboostParameters.GrowPolicy.DEPTHWISE, 0, 4, 64, 8);

    private Probe() {}

    static TrainedModel fit(Sides sides, FitContext context) {
        return new Xgboost().fit(PARAMETERS, sides.learned(), sides.other(), context);
    }

    /** Each column's share of what a model gained. */
    static double[] gains(TrainedModel model, List<Feature> features, ColumnGroups groups) {
        Map<String, Double> importance = model.importance();
        double[] gains = new double[groups.size()];
        for (int column = 0; column < gains.length; column++) {
            for (int feature : groups.features().get(column)) {
                gains[column] += importance.getOrDefault(features.get(feature).name(), 0.0);
            }
        }
        return gains;
    }
}
