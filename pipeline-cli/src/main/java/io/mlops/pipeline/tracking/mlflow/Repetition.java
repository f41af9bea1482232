package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.tracking.mlflow.MlflowException.Kind;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sends a request a few times, with growing pauses. */
final class Repetition {
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private Repetition() {}

    /** Repeats a request that does the same however often it is sent, while the server is away. */
    static <T> T whileAway(Supplier<T> request) {
        return repeated(request, failure -> failure.kind() == Kind.AWAY);
    }

    /** Repeats a request that the database undid, for another one made the same at that moment. */
    static <T> T whileCrossed(Supplier<T> request) {
        return repeated(request, failure -> failure.code().equals(MlflowException.PRESENT));
    }

    private static <T> T repeated(Supplier<T> request, Predicate<MlflowException> passing) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (MlflowException e) {
                if (attempt == ATTEMPTS || !passing.test(e)) {
                    throw e;
                }
            }
            try {
                Thread.sleep(FIRST_PAUSE.toMillis() << (attempt - 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw MlflowException.away("interrupted while waiting for MLflow");
            }
        }
    }
}
