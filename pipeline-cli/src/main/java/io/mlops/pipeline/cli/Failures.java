package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into a message and an exit code; a stack trace is shown for bugs only. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        Termination.pass();
        Console console = OutputOptions.of(command);
        PipelineException explained = explain(failure);
        ExitCode code = explained == null ? ExitCode.BUG : ExitCode.of(explained.kind());
        String message = explained == null ? "this is a bug: " + failure : explained.message();
        console.error(message);
        if (explained == null) {
            failure.printStackTrace(console.errors());
        }
        return report(console, command, code, message);
    }

    /** Flags that cannot be read: what is wrong and where help is, not the help itself, which would hide it. */
    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        Console console = new OutputOptions().console();
        List<String> suggestions =
                wrong instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String message =
                wrong.getMessage() + (suggestions.isEmpty() ? "" : "; did you mean '" + suggestions.get(0) + "'?");
        console.error(message);
        console.say("'" + command.getCommandSpec().qualifiedName() + " --help' says what can be given");
        return report(console, command, ExitCode.USAGE, message);
    }

    private static int report(Console console, CommandLine command, ExitCode code, String message) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", command.getCommandName());
        result.put("status", "failed");
        result.put("exit_code", code.code());
        result.put("error", message.length() > 4000 ? message.substring(0, 4000) + "…" : message);
        try {
            console.result(result);
        } catch (PipelineException unwritable) {
            console.error(unwritable.message());
            console.result(result);
        }
        return code.code();
    }

    /** The failure as a person can mend it; null for a bug. */
    private static @Nullable PipelineException explain(Throwable failure) {
        if (failure instanceof PipelineException explained) {
            return explained;
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return unchecked.getCause() == null ? null : explain(unchecked.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return PipelineException.usage(missing.getFile() + ": no such file or folder");
        }
        if (failure instanceof AccessDeniedException denied) {
            return PipelineException.usage(denied.getFile() + ": permission denied");
        }
        if (failure instanceof IOException io) {
            String where =
                    io instanceof FileSystemException system && system.getFile() != null ? system.getFile() + ": " : "";
            String what = io instanceof FileSystemException system && system.getReason() != null
                    ? system.getReason()
                    : String.valueOf(io.getMessage());
            return PipelineException.temporary(
                    "a file could not be read or written: " + where + what + "; nothing was published");
        }
        return null;
    }
}
