package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.databind.node.NullNode;
import io.mlops.pipeline.bundle.Provenance;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes folders that are bundles to all who do not look into their files. */
final class SmallBundle {
    private SmallBundle() {}

    /** A bundle whose model is the given text. */
    static Path write(Path parent, String model) throws IOException {
        Path bundle = parent.resolve("bundle-" + model);
        Files.createDirectories(bundle.resolve("model"));
        Map<String, String> files = new LinkedHashMap<>();
        for (String name : List.of("schema", "cells", "preprocessor", "calibration", "decision", "profile")) {
            files.put(name + ".json", "{}");
        }
        files.put("model/weights.json", model);
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(bundle.resolve(file.getKey()), file.getValue());
            digests.put(file.getKey(), sha256(file.getValue()));
        }
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("format_version", 1);
        index.put("name", "credit");
        index.put("learner", "baseline");
        index.put("target", new Target("y", Task.BINARY, List.of("no", "yes")));
        index.put("provenance", new Provenance("test", 1, "", NullNode.getInstance(), new TreeMap<>()));
        index.put("files", digests);
        Files.writeString(bundle.resolve("bundle.json"), SchemaJson.MAPPER.writeValueAsString(index));
        return bundle;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
