package io.mlops.pipeline.model.space;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Hyperparameters or settings as values by the names in yaml, and back. */
public final class Overlay {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private Overlay() {}

    /** Every one by its key; a word in lower case. */
    public static Map<String, Object> values(Record parameters) {
        Map<String, Object> values =
                JSON.convertValue(parameters, new TypeReference<LinkedHashMap<String, Object>>() {});
        values.replaceAll((key, value) -> value instanceof String word ? word.toLowerCase(Locale.ROOT) : value);
        return values;
    }

    /** The same with some other values. */
    @SuppressWarnings("unchecked")
    public static <P extends Record> P on(P parameters, Map<String, Object> point) {
        Map<String, Object> values = values(parameters);
        for (String key : point.keySet()) {
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException("there is no hyperparameter '" + key + "'");
            }
        }
        values.putAll(point);
        return (P) JSON.convertValue(values, parameters.getClass());
    }
}
