package io.mlops.pipeline.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    Console console() {
        Console.Level level = quiet ? Console.Level.QUIET : verbose ? Console.Level.VERBOSE : Console.Level.NORMAL;
        return new Console(System.out, System.err, level, logFormat == LogFormat.json, jsonOut);
    }
}
