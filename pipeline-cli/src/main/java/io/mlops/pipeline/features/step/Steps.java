package io.mlops.pipeline.features.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps there are, by their name in JSON. */
public final class Steps {
    /** A new step is one class and one line here. */
    public static final Map<String, Class<? extends Step>> ALL = all();

    private static final ObjectMapper MAPPER = mapper();

    private Steps() {}

    private static Map<String, Class<? extends Step>> all() {
        Map<String, Class<? extends Step>> steps = new LinkedHashMap<>();
        steps.put("number", AsNumber.class);
        steps.put("number_from_text", NumberFromText.class);
        steps.put("missing_indicator", MissingIndicator.class);
        steps.put("codes", Codes.class);
        steps.put("ordinal", Ordinal.class);
        steps.put("one_hot", OneHot.class);
        steps.put("target_encoding", TargetEncoding.class);
        steps.put("frequency", Frequency.class);
        steps.put("group_mean", GroupMean.class);
        steps.put("cross", Cross.class);
        steps.put("arithmetic", Arithmetic.class);
        steps.put("group_difference", GroupDifference.class);
        steps.put("date_parts", DateParts.class);
        steps.put("cyclic_date", CyclicDate.class);
        steps.put("tfidf", TfIdf.class);
        steps.put("hashed_text", HashedText.class);
        steps.put("text_size", TextSize.class);
        steps.put("clip", Clip.class);
        steps.put("impute", Impute.class);
        steps.put("scale", Rescale.class);
        return steps;
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        ALL.forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
        return mapper;
    }

    /** A step as JSON: its name under {@code step}, then its components. */
    public static JsonNode toJson(Step step) {
        return MAPPER.valueToTree(step);
    }

    /**
     * Reads what {@link #toJson} gives.
     *
     * @throws IllegalArgumentException where it is not a step
     */
    public static Step fromJson(JsonNode json) {
        try {
            return MAPPER.treeToValue(json, Step.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }
}
