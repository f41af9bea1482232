package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.stage.Json;
import io.mlops.pipeline.stage.PartialFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command says: words for people on stderr, one JSON object for programs last on stdout. */
final class Console {
    /** How much is said. */
    enum Level {
        QUIET,
        NORMAL,
        VERBOSE
    }

    /** The most that a reader of the last line has to hold; see docs/reference/files.md. */
    private static final int LONGEST_RESULT = 16 * 1024;

    private final PrintStream out;
    private final PrintStream err;
    private final Level level;
    private final boolean json;
    private @Nullable Path resultFile;

    Console(PrintStream out, PrintStream err, Level level, boolean json, @Nullable Path resultFile) {
        this.out = out;
        this.err = err;
        this.level = level;
        this.json = json;
        this.resultFile = resultFile;
    }

    /** Says what happened. */
    void say(String message) {
        if (level != Level.QUIET) {
            log("info", message);
        }
    }

    /** Says what only a curious reader wants to know. */
    void detail(String message) {
        if (level == Level.VERBOSE) {
            log("debug", message);
        }
    }

    void warn(String message) {
        log("warning", message);
    }

    void error(String message) {
        log("error", message);
    }

    private synchronized void log(String severity, String message) {
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("time", Instant.now().toString());
            line.put("level", severity);
            line.put("message", message);
            err.println(Json.line(line));
        } else {
            err.println((severity.equals("info") || severity.equals("debug") ? "" : severity + ": ") + message);
        }
        err.flush();
    }

    /** Writes the one JSON object that programs read; the last thing a command does. */
    void result(Map<String, Object> result) {
        String line = Json.line(result);
        if (line.length() > LONGEST_RESULT) {
            Map<String, Object> shorter = new LinkedHashMap<>(result);
            shorter.remove("outputs");
            line = Json.line(shorter);
        }
        err.flush();
        if (resultFile != null) {
            Path wanted = resultFile;
            resultFile = null; // A file that cannot be written must not keep its own failure from being told.
            try (PartialFile file = PartialFile.of(wanted)) {
                Files.writeString(file.path(), line + "\n");
                file.publish();
            } catch (IOException e) {
                throw PipelineException.usage("--json-out " + wanted + ": cannot be written: " + e);
            }
        }
        out.println(line);
        out.flush();
    }

    boolean isInteractive() {
        return !json && level != Level.QUIET && Terminal.isInteractive();
    }

    PrintStream errors() {
        return err;
    }
}
