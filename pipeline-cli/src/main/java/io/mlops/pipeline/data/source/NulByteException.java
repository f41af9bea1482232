package io.mlops.pipeline.data.source;

import java.io.IOException;

/** A NUL in what should be text. */
final class NulByteException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    NulByteException(long offset) {
        super("NUL at " + offset);
        this.offset = offset;
    }

    /** How many bytes or characters stand before it, a byte order mark not counted. */
    long offset() {
        return offset;
    }
}
