package io.mlops.pipeline.stage;

import io.mlops.pipeline.bundle.Scores;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Region;
import java.util.ArrayList;
import java.util.List;

/** The columns that say between which bounds, or in which classes, the truth of a row lies. */
final class RegionColumns {
    private RegionColumns() {}

    static List<String> names(Region region) {
        return region instanceof Region.Interval ? List.of("lower", "upper") : List.of("prediction_set");
    }

    /** The bounds as numbers, the classes as a JSON list in the order of the target's. */
    static List<String> cells(Region region, Scores scores, int row) {
        int offset = row * scores.target().outputs();
        if (region instanceof Region.Interval interval) {
            double predicted = scores.outputs()[offset];
            return List.of(Double.toString(interval.lower(predicted)), Double.toString(interval.upper(predicted)));
        }
        return List.of(Json.line(labels((Region.ClassSet) region, scores.target(), scores.outputs(), offset)));
    }

    private static List<String> labels(Region.ClassSet set, Target target, double[] outputs, int offset) {
        boolean[] in = set.classes(outputs, offset);
        List<String> labels = new ArrayList<>();
        for (int index = 0; index < in.length; index++) {
            if (in[index]) {
                labels.add(target.classes().get(index));
            }
        }
        return labels;
    }
}
