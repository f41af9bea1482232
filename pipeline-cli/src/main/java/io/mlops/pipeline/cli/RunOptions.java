package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How stages are run. */
final class RunOptions {
    @Option(names = "--force", description = "Compute even where an earlier result would do.")
    boolean force;

    @Option(
            names = "--lock-timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for another run of the same date; ${DEFAULT-VALUE} where absent.")
    int lockTimeout = 60;

    Duration lockTimeout() {
        if (lockTimeout < 0) {
            throw PipelineException.usage("--lock-timeout " + lockTimeout + ": at least 0 seconds");
        }
        return Duration.ofSeconds(lockTimeout);
    }
}
