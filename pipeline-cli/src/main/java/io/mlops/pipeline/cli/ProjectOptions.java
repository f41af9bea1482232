package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.progress.Progress;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.tracking.LocalTracking;
import io.mlops.pipeline.tracking.Tracking;
import io.mlops.pipeline.tracking.mlflow.MlflowTracking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which project, which configuration, which date. */
final class ProjectOptions {
    @Option(
            names = {"-C", "--home"},
            paramLabel = "FOLDER",
            description = "The project's folder; the current one where absent.")
    Path home = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; pipeline.yaml in the project's folder where absent.")
    @Nullable Path config;

    @Option(names = "--profile", paramLabel = "NAME", description = "The entry of 'profiles' to use.")
    @Nullable String profile;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override one key of the configuration, such as data.split.test=0.3.")
    Map<String, String> sets = new LinkedHashMap<>();

    @Option(names = "--date", paramLabel = "DATE", description = "The date that names the run; today where absent.")
    @Nullable LocalDate date;

    @Mixin
    TrackingOptions tracking = new TrackingOptions();

    /** The run that the flags describe. */
    Run open(Map<String, String> flags, Console console) {
        PipelineConfig loaded = load(flags);
        Progress shown = console.isInteractive() ? new TerminalProgress(console.errors()) : Progress.NONE;
        List<String> signals = loaded.automl().keepBest() ? List.of("INT", "TERM") : List.of("INT");
        Progress progress = new EarlyEnd(shown, console, Automl.NAME, signals);
        Tracking chosen = MlflowTracking.find(
                        loaded.tracking(), System.getenv(), loaded.name(), Run.hidden(home), console::warn)
                .orElseGet(() -> new LocalTracking(home.resolve("models")));
        return new Run(home, loaded, date(), progress, chosen);
    }

    LocalDate date() {
        return date == null ? LocalDate.now(ZoneId.systemDefault()) : date;
    }

    /** Whether the project has no configuration, so that stages are joined by files alone. */
    boolean hasNoConfiguration() {
        return config == null && !Files.exists(home.resolve("pipeline.yaml"));
    }

    /** The defaults with keys and flags laid over them, whatever the project's configuration says. */
    PipelineConfig defaults(Map<String, String> flags) {
        return ConfigLoader.load(null, null, sets, flags);
    }

    /** The configuration with a command's own flags laid over it. */
    PipelineConfig load(Map<String, String> flags) {
        Path file = config;
        if (file == null) {
            Path usual = home.resolve("pipeline.yaml");
            file = Files.exists(usual) ? usual : null;
        }
        if (!Files.isDirectory(home.toAbsolutePath())) {
            throw PipelineException.usage("--home " + home + ": no such folder");
        }
        Map<String, String> all = new LinkedHashMap<>(tracking.flags());
        all.putAll(flags);
        Map<String, String> allSets = new LinkedHashMap<>(tracking.sets());
        allSets.putAll(sets);
        return ConfigLoader.load(file, profile, allSets, all);
    }
}
