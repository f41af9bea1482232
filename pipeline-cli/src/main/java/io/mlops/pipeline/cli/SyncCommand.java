package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.stage.DeadRuns;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.tracking.LocalTracking;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends what an outage has held back. */
@Command(
        name = "sync",
        description = "Send to the MLflow server what an outage has held back: each entry arrives once.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long to go on trying; ${DEFAULT-VALUE} where absent.")
    int timeout;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() {
        Run run = project.open(Map.of(), outputOptions.console());
        if (timeout < 0) {
            throw PipelineException.usage("--timeout " + timeout + ": at least 0 seconds");
        }
        if (run.tracking() instanceof LocalTracking) {
            throw PipelineException.usage("no MLflow server is configured: set MLFLOW_TRACKING_URI, tracking.uri in"
                    + " pipeline.yaml, or --mlflow-uri");
        }
        run.tracking().check();
        DeadRuns.mark(run);
        Delivery delivery = run.tracking().sync(Duration.ofSeconds(timeout));
        if (!delivery.complete()) {
            String message = delivery.pending() + " entries wait still: " + delivery.problem();
            throw delivery.denied() ? PipelineException.usage(message) : PipelineException.temporary(message);
        }
        if (delivery.refused() > 0) {
            outputOptions
                    .console()
                    .warn(delivery.refused() + " entries were refused, and are kept in .mlops/spool/.refused: "
                            + delivery.problem());
        }
        outputOptions.console().say("nothing waits: the MLflow server has all of it");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "sync");
        result.put("status", "done");
        result.put("refused", delivery.refused());
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }
}
