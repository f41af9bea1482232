package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.RegisterStage;
import io.mlops.pipeline.stage.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Registers the bundle. */
@Command(
        name = RegisterStage.NAME,
        description = "Register the bundle, and make it the champion where the verdict allows.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RegisterCommand extends StageCommand implements Callable<Integer> {
    @Option(names = "--fail-on-reject", description = "Exit 4 where the model is rejected.")
    boolean failOnReject;

    @Override
    public Integer call() {
        Run run = project.open(Map.of(), outputOptions.console());
        return execute(run, List.of(new RegisterStage()), false, failOnReject, manifests -> {});
    }
}
