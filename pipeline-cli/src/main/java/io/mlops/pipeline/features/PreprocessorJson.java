package io.mlops.pipeline.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.ViewSettings.TargetStatistics;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.Join;
import io.mlops.pipeline.features.step.Refinement;
import io.mlops.pipeline.features.step.Step;
import io.mlops.pipeline.features.step.Steps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes and reads a preprocessor as JSON. */
final class PreprocessorJson {
    private static final String FORMAT = "mlops-preprocessor";

    /** Grows when a reader of the version before would go wrong. */
    private static final int VERSION = 1;

    private PreprocessorJson() {}

    static JsonNode write(Preprocessor preprocessor) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT);
        json.put("version", VERSION);
        View view = preprocessor.view();
        if (view != null) {
            json.put("view", lower(view));
        }
        json.put("seed", preprocessor.seed());
        if (preprocessor.statistics() != TargetStatistics.OUT_OF_FOLD) {
            json.put("target_statistics", lower(preprocessor.statistics()));
        }
        ObjectNode target = json.putObject("target");
        target.put("column", preprocessor.target().column());
        target.put("task", lower(preprocessor.target().task()));
        preprocessor.target().classes().forEach(target.putArray("classes")::add);
        ArrayNode blocks = json.putArray("blocks");
        preprocessor.blocks().forEach(block -> blocks.add(block(block)));
        ObjectNode dropped = json.putObject("dropped");
        preprocessor.dropped().forEach(dropped::put);
        return json;
    }

    /** The columns and steps of a block, which decide its numbers. */
    static ObjectNode recipe(Block block) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("column", block.column());
        json.put("type", lower(block.type()));
        Partner partner = block.partner();
        if (partner != null) {
            json.putObject("second").put("column", partner.column()).put("type", lower(partner.type()));
        }
        ArrayNode steps = json.putArray("steps");
        if (partner != null) {
            steps.add(Steps.toJson(partner.join()));
        }
        steps.add(Steps.toJson(block.encoding()));
        block.refinements().forEach(each -> steps.add(Steps.toJson(each)));
        return json;
    }

    private static JsonNode block(Block block) {
        ObjectNode json = recipe(block);
        ArrayNode features = json.putArray("features");
        block.features().forEach(feature -> features.addObject()
                .put("name", feature.name())
                .put("levels", feature.levels())
                .put("indicator", feature.indicator()));
        return json;
    }

    static Preprocessor read(JsonNode json) {
        if (!json.path("format").asText().equals(FORMAT)) {
            throw PipelineException.data("this is not a preprocessor: its format is '"
                    + json.path("format").asText() + "', not '" + FORMAT + "'");
        }
        int version = json.path("version").asInt();
        if (version != VERSION) {
            throw PipelineException.data("the preprocessor has version " + version + ", and this program reads version "
                    + VERSION + "; use the program that wrote it, or fit it again");
        }
        try {
            List<Block> blocks = new ArrayList<>();
            for (JsonNode block : json.required("blocks")) {
                blocks.add(block(block));
            }
            Map<String, String> dropped = new LinkedHashMap<>();
            json.path("dropped")
                    .properties()
                    .forEach(each -> dropped.put(each.getKey(), each.getValue().asText()));
            return new Preprocessor(
                    json.has("view") ? View.valueOf(upper(json.required("view"))) : null,
                    target(json.required("target")),
                    json.required("seed").asLong(),
                    json.has("target_statistics")
                            ? TargetStatistics.valueOf(upper(json.required("target_statistics")))
                            : TargetStatistics.OUT_OF_FOLD,
                    blocks,
                    dropped);
        } catch (IllegalArgumentException e) {
            throw new PipelineException(
                    PipelineException.Kind.DATA,
                    "the preprocessor is damaged: " + e.getMessage() + "; restore the file, or fit it again",
                    e);
        }
    }

    private static Target target(JsonNode json) {
        List<String> classes = new ArrayList<>();
        json.required("classes").forEach(each -> classes.add(each.asText()));
        return new Target(json.required("column").asText(), Task.valueOf(upper(json.required("task"))), classes);
    }

    private static Block block(JsonNode json) {
        String column = json.required("column").asText();
        List<Refinement> refinements = new ArrayList<>();
        Join join = null;
        Encoding encoding = null;
        for (JsonNode each : json.required("steps")) {
            Step step = Steps.fromJson(each);
            if (join == null && encoding == null && step instanceof Join both) {
                join = both;
            } else if (encoding == null && step instanceof Encoding first) {
                encoding = first;
            } else if (encoding != null && step instanceof Refinement further) {
                refinements.add(further);
            } else {
                throw new IllegalArgumentException("column '" + column + "' has its steps in the wrong order");
            }
        }
        if (encoding == null) {
            throw new IllegalArgumentException("column '" + column + "' has no step");
        }
        List<Feature> features = new ArrayList<>();
        for (JsonNode feature : json.required("features")) {
            features.add(new Feature(
                    feature.required("name").asText(),
                    column,
                    feature.required("levels").asInt(),
                    feature.required("indicator").asBoolean()));
        }
        return new Block(column, type(json), partner(json, join), encoding, refinements, features);
    }

    private static @Nullable Partner partner(JsonNode json, @Nullable Join join) {
        if (join == null) {
            return null;
        }
        JsonNode second = json.required("second");
        return new Partner(second.required("column").asText(), type(second), join);
    }

    private static ColumnType type(JsonNode json) {
        return ColumnType.valueOf(upper(json.required("type")));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode name) {
        return name.asText().toUpperCase(Locale.ROOT);
    }
}
