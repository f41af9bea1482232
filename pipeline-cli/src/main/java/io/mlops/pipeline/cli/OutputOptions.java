package io.mlops.pipeline.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {
    enum LogFormat {
        text,
        json
    }

    @Option(names = "--json-out", paramLabel = "FILE", description = "Also write the JSON result to a file.")
    @Nullable Path jsonOut;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How messages are written to stderr: ${COMPLETION-CANDIDATES}.")
    LogFormat logFormat = LogFormat.text;

    @Option(
            names = {"-q", "--quiet"},
            description = "Only warnings and errors.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say more.")
    boolean verbose;

    private @Nullable Console console;

    /** The one console of the command. */
    Console console() {
        if (console == null) {
            Console.Level level = quiet ? Console.Level.QUIET : verbose ? Console.Level.VERBOSE : Console.Level.NORMAL;
            console = new Console(System.out, System.err, level, logFormat == LogFormat.json, jsonOut);
        }
        return console;
    }

    /** The console of a command that was parsed, whichever it is. */
    static Console of(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(OutputOptions.class::isInstance)
                .map(OutputOptions.class::cast)
                .findFirst()
                .orElseGet(OutputOptions::new)
                .console();
    }
}
