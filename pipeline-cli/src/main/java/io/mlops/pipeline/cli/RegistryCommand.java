package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags and the result of a command that moves an alias. */
abstract class RegistryCommand implements Callable<Integer> {
    @Option(names = "--name", paramLabel = "MODEL", description = "The model; that of pipeline.yaml where absent.")
    @Nullable String name;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the history.")
    @Nullable String why;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    final ModelRegistry registry() {
        Run run = project.open(Map.of(), outputOptions.console());
        return run.tracking().registry(name == null ? run.config().name() : name);
    }

    final String reason() {
        return why == null ? "by hand" : why;
    }

    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    final int done(String command, ModelRegistry registry, ModelVersion version, Map<String, ?> more) {
        outputOptions
                .console()
                .say(registry.name() + " version " + version.number() + " is now the " + more.get("alias"));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", command);
        result.put("status", "done");
        result.put("model", registry.name());
        result.put("version", version.number());
        result.putAll(more);
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }
}
