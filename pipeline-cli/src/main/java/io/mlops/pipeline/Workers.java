package io.mlops.pipeline;

import java.util.concurrent.ExecutionException;

/** What came of work on other threads. */
public final class Workers {
    private Workers() {}

    /**
     * What made the work fail, to be thrown where it was waited for; an error is thrown at once.
     *
     * @return the work's own exception
     */
    public static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof Error cause) {
            throw cause;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
