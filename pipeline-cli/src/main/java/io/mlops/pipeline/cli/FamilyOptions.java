package io.mlops.pipeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which family of models, and with which hyperparameters. */
final class FamilyOptions {
    @Option(
            names = "--model",
            paramLabel = "FAMILY",
            description = "The family of models: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Families.class)
    @Nullable String model;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A hyperparameter of the family, such as max_depth=6.")
    Map<String, String> params = new LinkedHashMap<>();

    Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        Flags.put(flags, "train.model", model);
        params.forEach((name, value) -> flags.put("train.params." + name, value));
        return flags;
    }
}
