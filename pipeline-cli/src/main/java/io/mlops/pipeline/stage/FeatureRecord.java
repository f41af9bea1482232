package io.mlops.pipeline.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is recorded of the preprocessing. */
final class FeatureRecord {
    /** A larger file is left to the bundle, which holds it, too. */
    private static final long LARGEST = 1 << 20;

    private FeatureRecord() {}

    static void describe(Run run, Manifest manifest, StageRecord record) {
        Instant at = StageRecords.ended(manifest);
        RunFacts facts = record.ofStage();
        manifest.summary().forEach((name, value) -> {
            if (value instanceof Number count) {
                facts.metric(name, count.doubleValue(), at);
            }
        });
        Path file = run.folder(PrepareFeaturesStage.NAME).resolve(PrepareFeaturesStage.PREPROCESSOR);
        try {
            Json.read(file, JsonNode.class)
                    .properties()
                    .forEach(view -> facts.parameter("steps." + view.getKey(), steps(view.getValue())));
            if (Files.size(file) <= LARGEST) {
                facts.artifact(PrepareFeaturesStage.PREPROCESSOR, file);
            }
        } catch (IOException e) {
            // Then there is nothing to tell.
            return;
        }
    }

    /** {@code codes 8, number 9}: for how many columns each step was fitted. */
    private static String steps(JsonNode view) {
        Map<String, Integer> columns = new TreeMap<>();
        view.path("blocks").forEach(block -> block.path("steps")
                .forEach(step -> columns.merge(step.path("step").asText(), 1, Integer::sum)));
        return columns.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }
}
