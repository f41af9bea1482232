package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** The flags and the result that every single-stage command has. */
abstract class StageCommand {
    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    RunOptions runOptions = new RunOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    /** Runs stages, the last of which names the command; says its result last. */
    final int execute(Run run, List<? extends Stage> stages, boolean fresh, boolean failOnReject, AfterStages after) {
        StageExecution execution = new StageExecution(run, outputOptions.console(), runOptions);
        List<Manifest> manifests = execution.execute(stages, fresh);
        after.act(manifests);
        List<Manifest> last = manifests.subList(manifests.size() - 1, manifests.size());
        ExitCode code = Verdicts.exitCode(last, failOnReject);
        Map<String, Object> result = execution.result(last.get(0).stage(), last);
        Verdicts.describe(last, result);
        outputOptions.console().result(result);
        return code.code();
    }

    /** What a command does with the results beside publishing them. */
    interface AfterStages {
        void act(List<Manifest> manifests);
    }
}
