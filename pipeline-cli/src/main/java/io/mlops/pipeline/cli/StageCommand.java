package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** The flags and the result that every single-stage command has. */
abstract class StageCommand implements Speaking {
    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    RunOptions runOptions = new RunOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    private @Nullable Console console;

    @Override
    public Console console() {
        if (console == null) {
            console = outputOptions.console();
        }
        return console;
    }

    /** Runs stages, the last of which names the command; says its result last. */
    final int execute(Run run, List<? extends Stage> stages, boolean fresh, boolean failOnReject, AfterStages after) {
        StageExecution execution = new StageExecution(run, console(), runOptions);
        List<Manifest> manifests = execution.execute(stages, fresh);
        after.act(manifests);
        List<Manifest> last = manifests.subList(manifests.size() - 1, manifests.size());
        ExitCode code = Verdicts.exitCode(last, failOnReject);
        Map<String, Object> result = execution.result(last.get(0).stage(), last);
        Verdicts.describe(last, result);
        console().result(result);
        return code.code();
    }

    /** What a command does with the results beside publishing them. */
    interface AfterStages {
        void act(List<Manifest> manifests);
    }
}
