package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.data.ColumnSchema;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that nobody wrote: the median or the most frequent value of each column, so that no real row leaves with a model.
 *
 * @param columns the columns that the model reads
 * @param row a value for each; null for free text, which has no typical value
 */
record InputExample(List<String> columns, List<@Nullable Object> row) {
    private static final long DAY = 86_400_000;

    InputExample {
        columns = List.copyOf(columns);
        row = Collections.unmodifiableList(new ArrayList<>(row));
    }

    static InputExample of(Bundle bundle) {
        Map<String, JsonNode> profiles = new LinkedHashMap<>();
        for (JsonNode column : bundle.contents().profile().path("columns")) {
            profiles.put(column.path("name").asText(), column);
        }
        List<@Nullable Object> row = new ArrayList<>();
        List<String> columns = bundle.schema().inputs();
        for (String name : columns) {
            JsonNode profile = profiles.get(name);
            row.add(profile == null ? null : typical(bundle.schema().column(name), profile));
        }
        return new InputExample(columns, row);
    }

    private static @Nullable Object typical(ColumnSchema column, JsonNode profile) {
        JsonNode numbers = profile.path("numbers");
        if (!numbers.isObject()) {
            JsonNode category = profile.path("texts").path("top").path(0).path("category");
            return category.isTextual() ? category.asText() : null;
        }
        double median = median(numbers);
        return switch (column.type()) {
            case NUMBER -> median;
            case INTEGER -> Math.round(median);
            case BOOLEAN -> word(median >= 0.5, column);
            case DATETIME -> date(Math.round(median), column.format(), isDaily(numbers));
            case CATEGORY, TEXT, IDENTIFIER -> null;
        };
    }

    private static double median(JsonNode numbers) {
        for (JsonNode quantile : numbers.path("quantiles")) {
            if (quantile.path("level").asDouble() == 0.5) {
                return quantile.path("value").asDouble();
            }
        }
        return numbers.path("min").asDouble();
    }

    private static Object word(boolean yes, ColumnSchema column) {
        List<String> words = yes ? column.trueValues() : column.falseValues();
        return words.isEmpty() ? (yes ? 1 : 0) : words.get(0);
    }

    private static boolean isDaily(JsonNode numbers) {
        return numbers.path("min").asLong() % DAY == 0 && numbers.path("max").asLong() % DAY == 0;
    }

    /** A point in time in the format of its column. */
    private static Object date(long millis, @Nullable String format, boolean daily) {
        Instant time =
                Instant.ofEpochMilli(daily ? Math.floorDiv(millis, DAY) * DAY : Math.floorDiv(millis, 1000) * 1000);
        String name = format == null ? "iso" : format.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "iso" -> daily ? time.toString().substring(0, 10) : time.toString();
            case "epoch_seconds" -> time.getEpochSecond();
            case "epoch_millis" -> time.toEpochMilli();
            default ->
                DateTimeFormatter.ofPattern(String.valueOf(format), Locale.ENGLISH)
                        .format(time.atOffset(ZoneOffset.UTC));
        };
    }

    /** As pandas splits a frame. */
    Map<String, Object> split() {
        Map<String, Object> split = new LinkedHashMap<>();
        split.put("columns", columns);
        split.put("data", List.of(row));
        return split;
    }

    /** As MLflow's server is asked. */
    Map<String, Object> request() {
        return Map.of("dataframe_split", split());
    }
}
