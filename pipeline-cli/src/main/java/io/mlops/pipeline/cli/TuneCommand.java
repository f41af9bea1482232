package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.PrepareDataStage;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import io.mlops.pipeline.stage.TuneStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searches good hyperparameters. */
@Command(
        name = TuneStage.NAME,
        description = "Search good hyperparameters of a family by cross-validation on the training rows.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TuneCommand extends StageCommand implements Callable<Integer> {
    @Mixin
    FamilyOptions family = new FamilyOptions();

    @Option(names = "--trials", paramLabel = "N", description = "How many hyperparameters are tried.")
    @Nullable String trials;

    @Option(names = "--time-limit", paramLabel = "SECONDS", description = "After how many seconds no more are tried.")
    @Nullable String timeLimit;

    @Option(names = "--metric", paramLabel = "METRIC", description = "The metric that decides, such as log_loss.")
    @Nullable String metric;

    @Option(names = "--sampler", paramLabel = "SAMPLER", description = "tpe, quasi_random or random.")
    @Nullable String sampler;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many trials are chosen at a time, to run side by side.")
    @Nullable String jobs;

    @Override
    public Integer call() {
        Map<String, String> flags = new LinkedHashMap<>(family.flags());
        Flags.put(flags, "tune.trials", trials);
        Flags.put(flags, "tune.time_limit", timeLimit);
        Flags.put(flags, "tune.metric", metric);
        Flags.put(flags, "tune.sampler", sampler == null ? null : sampler.replace('-', '_'));
        Flags.put(flags, "tune.parallel", jobs);
        Run run = project.open(flags, outputOptions.console());
        List<Stage> stages = new ArrayList<>();
        if (run.manifest(PrepareDataStage.NAME).isEmpty() && run.config().data().source() != null) {
            stages.add(new PrepareDataStage());
        }
        stages.add(new TuneStage(runOptions.force));
        return execute(run, stages, false, false, manifests -> {});
    }
}
