package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.automl.FamilyEnsemble;
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
            names = "--ensemble",
            paramLabel = "KIND",
            description = "Combine families: bagging, voting, greedy or stacking.")
    @Nullable String ensemble;

    @Option(
            names = "--families",
            paramLabel = "A,B,C",
            description = "With --ensemble: the families that are combined.")
    @Nullable String families;

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
            names = "--max-latency-us",
            paramLabel = "N",
            description = "With --model automl: how many microseconds a row's prediction may take.")
    @Nullable String maxLatency;

    @Option(
            names = "--keep-best",
            description = "With --model automl: SIGTERM ends the search with the best so far, as Ctrl-C does.")
    boolean keepBest;

    /** Refuses flags of the search where nothing is searched, and those of an ensemble where there is none. */
    void check(PipelineConfig config) {
        String chosen = config.train().model();
        if ((ensemble != null || families != null) && !chosen.equals(FamilyEnsemble.NAME)) {
            throw PipelineException.usage("--ensemble and --families combine families, and the model is '" + chosen
                    + "'; leave --model out, or these");
        }
        boolean search = timeLimit != null || maxModels != null || maxLatency != null || keepBest;
        if (search && !chosen.equals(Automl.NAME)) {
            throw PipelineException.usage(
                    "--time-limit, --max-models, --max-latency-us and --keep-best are for --model automl, and the model is '"
                            + chosen + "'; name that model, or leave them out");
        }
    }

    /** The model that the flags name; null where none does. */
    @Nullable String model() {
        return family.model == null && ensemble != null ? FamilyEnsemble.NAME : family.model;
    }

    Map<String, String> flags() {
        Map<String, String> flags = family.flags();
        Flags.put(flags, "train.model", model());
        Flags.put(flags, "ensemble.kind", ensemble);
        Flags.put(flags, "ensemble.families", families);
        Flags.put(flags, "automl.time_limit", timeLimit);
        Flags.put(flags, "automl.max_models", maxModels);
        Flags.put(flags, "automl.max_latency_us", maxLatency);
        Flags.put(flags, "automl.keep_best", keepBest ? "true" : null);
        return flags;
    }
}
