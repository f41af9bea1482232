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
        Termination.awaitIfUnderWay();
        Console console = console(command);
        PipelineException explained = explain(failure);
        ExitCode code = explained == null ? ExitCode.BUG : ExitCode.of(explained.kind());
        String message = explained == null ? "this is a bug: " + failure : explained.message();
        console.error(message);
        if (explained == null) {
            failure.printStackTrace(console.errors());
        }
        return end(console, command, code, message);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        Console console = console(command);
        List<String> alike =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String message = failure.getMessage()
                + (alike.isEmpty() ? "" : "; did you mean " + String.join(" or ", alike) + "?")
                + "; '" + command.getCommandSpec().qualifiedName() + " --help' says what there is";
        console.error(message);
        return end(console, command, ExitCode.USAGE, message);
    }

    private static Console console(CommandLine command) {
        return command.getCommand() instanceof Speaking speaking ? speaking.console() : new OutputOptions().console();
    }

    private static int end(Console console, CommandLine command, ExitCode code, String message) {
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
