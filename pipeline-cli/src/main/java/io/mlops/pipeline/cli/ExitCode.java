package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;

/** The exit codes that schedulers may rely on. */
enum ExitCode {
    DONE(0),
    BUG(1),
    USAGE(2),
    DATA_REJECTED(3),
    MODEL_REJECTED(4),
    TEMPORARY(75),
    NOTHING_TO_DO(99);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitCode of(PipelineException.Kind kind) {
        return switch (kind) {
            case USAGE -> USAGE;
            case DATA -> DATA_REJECTED;
            case MODEL -> MODEL_REJECTED;
            case TEMPORARY -> TEMPORARY;
        };
    }
}
