package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.config.PipelineConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model is trained, and how. */
final class TrainOptions {
    @Mixin
    FamilyOptions family = new FamilyOptions();

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            description = "With --model automl: how many seconds it may take.")
    @Nullable String timeLimit;

    @Option(
            names = "--max-models",
            paramLabel = "N",
            description = "With --model automl: how many models are tried, without a clock.")
    @Nullable String maxModels;

    @Option(
            names = "--keep-best",
            description = "With --model automl: SIGTERM ends the search with the best so far, as Ctrl-C does.")
    boolean keepBest;

    /** Refuses flags of the search where nothing is searched. */
    void check(PipelineConfig config) {
        boolean search = timeLimit != null || maxModels != null || keepBest;
        if (search && !config.train().model().equals(Automl.NAME)) {
            throw PipelineException.usage(
                    "--time-limit, --max-models and --keep-best are for --model automl, and the model" + " is '"
                            + config.train().model() + "'; name that model, or leave them out");
        }
    }

    Map<String, String> flags() {
        Map<String, String> flags = family.flags();
        Flags.put(flags, "automl.time_limit", timeLimit);
        Flags.put(flags, "automl.max_models", maxModels);
        Flags.put(flags, "automl.keep_best", keepBest ? "true" : null);
        return flags;
    }
}
