package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.Plan;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import io.mlops.pipeline.stage.Stages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all stages in order. */
@Command(
        name = "run",
        description = "Run all stages in order: what has not changed is answered from the earlier result.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "STAGE", description = "Begin with this stage.")
    @Nullable String from;

    @Option(names = "--to", paramLabel = "STAGE", description = "End with this stage.")
    @Nullable String to;

    @Option(names = "--only", paramLabel = "STAGE", description = "Run this stage alone.")
    @Nullable String only;

    @Option(names = "--dry-run", description = "Say what would be computed, and why; do nothing.")
    boolean dryRun;

    @Option(names = "--fail-on-reject", description = "Exit 4 where the model is rejected.")
    boolean failOnReject;

    @Mixin
    TrainOptions train = new TrainOptions();

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    RunOptions runOptions = new RunOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() {
        Run run = project.open(train.flags(), outputOptions.console());
        train.check(run.config());
        List<Stage> stages = Stages.between(only != null ? only : from, only != null ? only : to);
        if (only != null && (from != null || to != null)) {
            throw PipelineException.usage("--only cannot be combined with --from or --to");
        }
        return dryRun ? plan(stages, run) : execute(stages, run);
    }

    private int plan(List<Stage> stages, Run run) {
        Map<String, Object> planned = new LinkedHashMap<>();
        for (Plan.Step step : Plan.of(stages, run)) {
            outputOptions
                    .console()
                    .say(String.format(
                            "%-17s %s",
                            step.stage(), step.cached() ? "cached" : "computed: " + String.join("; ", step.reasons())));
            planned.put(step.stage(), Map.of("cached", step.cached(), "reasons", step.reasons()));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "run");
        result.put("status", "planned");
        result.put("date", run.date().toString());
        result.put("plan", planned);
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }

    private int execute(List<Stage> stages, Run run) {
        StageExecution execution = new StageExecution(run, outputOptions.console(), runOptions);
        List<Manifest> manifests =
                execution.execute(stages, stages.size() == Stages.all().size());
        ExitCode code = Verdicts.exitCode(manifests, failOnReject);
        new RunSummary(run, manifests).lines().forEach(outputOptions.console()::say);
        Map<String, Object> result = execution.result("run", manifests);
        Verdicts.describe(manifests, result);
        outputOptions.console().result(result);
        return code.code();
    }
}
