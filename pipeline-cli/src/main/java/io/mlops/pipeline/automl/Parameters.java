package io.mlops.pipeline.automl;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings records as maps by the names in yaml, and back. */
final class Parameters {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private Parameters() {}

    static Map<String, Object> toMap(Record settings) {
        return JSON.convertValue(settings, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** The same record with some other values. */
    @SuppressWarnings("unchecked") // A record's class is that of its type.
    static <R extends Record> R with(R record, @Nullable Map<String, Object> others) {
        if (others == null) {
            return record;
        }
        Map<String, Object> values = toMap(record);
        values.putAll(others);
        return (R) JSON.convertValue(values, record.getClass());
    }
}
