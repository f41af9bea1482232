package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.LiveStudies;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.StageCache;
import io.mlops.pipeline.tracking.mlflow.FetchedModels;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Frees the room that old results take. */
@Command(
        name = "gc",
        description =
                "Remove old entries of the cache, searches that nobody came back to, and old models fetched from MLflow that no alias points to; runs, the"
                        + " models of this machine and data are never touched.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class GcCommand implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Option(
            names = "--older-than-days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Remove entries not used for so many days; ${DEFAULT-VALUE} where absent.")
    int days = 30;

    @Option(
            names = "--max-mb",
            paramLabel = "N",
            defaultValue = "10000",
            description =
                    "Then remove the least recently used ones until the rest fits; ${DEFAULT-VALUE} where absent.")
    long megabytes = 10_000;

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() {
        Duration age = Duration.ofDays(Math.max(0, days));
        long freed = StageCache.of(project.home).collect(age, Math.max(0, megabytes) * 1_000_000);
        freed += StageCache.ofSearches(project.home).collect(age, Long.MAX_VALUE);
        freed += LiveStudies.of(project.home).collect(age);
        FetchedModels.Removed fetched =
                FetchedModels.of(Run.hidden(project.home)).collect(age);
        outputOptions.console().say(String.format(Locale.ROOT, "removed %.1f MB from the cache", freed / MEGABYTE));
        if (!fetched.versions().isEmpty()) {
            outputOptions
                    .console()
                    .say(String.format(
                            Locale.ROOT,
                            "removed %.1f MB of fetched models: %s",
                            fetched.bytes() / MEGABYTE,
                            String.join(", ", fetched.versions())));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "gc");
        result.put("status", "done");
        result.put("freed_bytes", freed + fetched.bytes());
        result.put("removed_models", fetched.versions());
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }
}
