package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The columns that go into a model and come out of it, as MLflow writes them. */
final class Signature {
    private static final Pattern WHOLE = Pattern.compile("-?(?:0|[1-9][0-9]{0,17})");

    private Signature() {}

    /**
     * The columns that are read.
     *
     * <p>They are of any type: MLflow would refuse whole numbers where it was told numbers, numbers where it was told
     * words, and texts for both, all of which the scorer reads.
     */
    static List<Map<String, Object>> inputs(TableSchema schema) {
        return schema.inputs().stream()
                .map(name -> column("any", name, schema.column(name).required()))
                .toList();
    }

    /** The prediction, and the probability of each class; bounds, or a set of classes, where they are asked for. */
    static List<Map<String, Object>> outputs(Target target) {
        List<Map<String, Object>> columns = new ArrayList<>();
        columns.add(column(prediction(target), "prediction", true));
        target.classes().forEach(each -> columns.add(column("double", "probability_" + each, true)));
        if (target.task().isClassification()) {
            columns.add(column("string", "prediction_set", false));
        } else {
            columns.add(column("double", "lower", false));
            columns.add(column("double", "upper", false));
        }
        return columns;
    }

    /** What a caller may ask for beside the prediction; nothing by default. */
    static List<Map<String, Object>> parameters() {
        Map<String, Object> intervals = new LinkedHashMap<>();
        intervals.put("name", "intervals");
        intervals.put("type", "double");
        intervals.put("default", 0.0);
        intervals.put("shape", null);
        return List.of(intervals);
    }

    /** Whole numbers where all labels are, since pandas reads such a target so. */
    private static String prediction(Target target) {
        if (!target.task().isClassification()) {
            return "double";
        }
        boolean whole =
                target.classes().stream().allMatch(label -> WHOLE.matcher(label).matches());
        return whole ? "long" : "string";
    }

    private static Map<String, Object> column(String type, String name, boolean required) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("type", type);
        column.put("name", name);
        column.put("required", required);
        return column;
    }
}
