package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.EvaluateStage;
import io.mlops.pipeline.stage.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores the untouched rows and comes to a verdict. */
@Command(
        name = EvaluateStage.NAME,
        description = "Score the untouched test rows, compare with the champion, write verdict and report.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class EvaluateCommand extends StageCommand implements Callable<Integer> {
    @Option(names = "--fail-on-reject", description = "Exit 4 where the model is rejected.")
    boolean failOnReject;

    @Override
    public Integer call() {
        Run run = project.open(Map.of(), outputOptions.console());
        return execute(
                run, List.of(new EvaluateStage()), false, failOnReject, manifests -> new RunSummary(run, manifests)
                        .lines()
                        .forEach(outputOptions.console()::say));
    }
}
