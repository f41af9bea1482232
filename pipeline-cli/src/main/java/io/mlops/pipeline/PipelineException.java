package io.mlops.pipeline;

/**
 * A problem that the user can mend; its message says what is wrong, where (file, line, column, value, key) and what to
 * do. Any other exception that reaches the command line is a bug.
 */
public final class PipelineException extends RuntimeException {
    /** Who has to act, which decides the exit code. */
    public enum Kind {
        /** A flag or a configuration key is wrong. */
        USAGE,
        /** The data was rejected. */
        DATA,
        /** The model was rejected. */
        MODEL,
        /** A server or a lock was not available; trying again later may help. */
        TEMPORARY
    }

    private final Kind kind;

    public PipelineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public PipelineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static PipelineException usage(String message) {
        return new PipelineException(Kind.USAGE, message);
    }

    public static PipelineException data(String message) {
        return new PipelineException(Kind.DATA, message);
    }

    public static PipelineException model(String message) {
        return new PipelineException(Kind.MODEL, message);
    }

    public static PipelineException temporary(String message) {
        return new PipelineException(Kind.TEMPORARY, message);
    }

    /** What is wrong, where, and what to do. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public Kind kind() {
        return kind;
    }
}
