package io.mlops.pipeline.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tables as MLflow shows them beside each other: {@code {"columns": [...], "data": [[...]]}}. */
final class Tables {
    private Tables() {}

    static Map<String, Object> of(List<String> columns, List<List<? extends @Nullable Object>> rows) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("columns", columns);
        table.put("data", rows);
        return table;
    }
}
