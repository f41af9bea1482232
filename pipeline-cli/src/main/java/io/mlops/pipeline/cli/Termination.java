package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.RunLock;
import io.mlops.pipeline.stage.RunRecord;
import io.mlops.pipeline.stage.RunState;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a run that a signal ends marked KILLED, without its lock and temporary files. The run's state is written through
 * it, so that nothing is written any more once the signal is being dealt with.
 */
final class Termination {
    /** A scheduler kills what does not end soon after a signal; Airflow waits four seconds. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Object GATE = new Object();
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static @Nullable Termination current;
    private static boolean underWay;

    private final Run run;
    private final RunRecord record;
    private final RunLock lock;
    private final Console console;
    private @Nullable RunState state;

    private Termination(Run run, RunRecord record, RunLock lock, Console console) {
        this.run = run;
        this.record = record;
        this.lock = lock;
        this.console = console;
    }

    /** Watches over a run, before it writes anything, until {@link #done}. */
    static Termination watch(Run run, RunRecord record, RunLock lock, Console console) {
        Termination termination = new Termination(run, record, lock, console);
        guarded(() -> {
            Hook.register();
            current = termination;
        });
        return termination;
    }

    /** Writes the run's state, which is also what the signal finds. */
    void write(RunState newState) {
        guarded(() -> {
            state = newState;
            newState.write(run);
        });
    }

    void done() {
        guarded(() -> current = null);
    }

    /** Keeps a failing thread silent while the process is being ended: the failure is the signal's doing. */
    static void pass() {
        guarded(() -> {});
    }

    /** Does it, or keeps the thread waiting while the process is being ended. */
    private static void guarded(Runnable action) {
        synchronized (GATE) {
            if (!underWay) {
                action.run();
                return;
            }
        }
        awaitTheEnd();
    }

    private static void awaitTheEnd() {
        while (true) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void terminate() {
        synchronized (GATE) {
            underWay = true;
            if (current != null) {
                current.abandon();
            }
        }
    }

    private void abandon() {
        try {
            if (state != null) {
                state = state.with(RunState.Status.KILLED, "ended by a signal");
                state.write(run);
                record.ended(state);
            }
            RunState.abandon(run);
        } catch (UncheckedIOException | PipelineException e) {
            // Threads that are still at work may go on writing; the next run removes what they leave.
        } finally {
            lock.close();
        }
        Delivery delivery = run.tracking().deliver(FAREWELL);
        if (!delivery.complete()) {
            console.warn(delivery.remainder());
        }
    }

    /** Registered once for the process, when the first run begins. */
    private static final class Hook {
        private static boolean registered;

        static void register() {
            if (!registered) {
                try {
                    Runtime.getRuntime().addShutdownHook(new Thread(Termination::terminate, "termination"));
                } catch (IllegalStateException e) {
                    underWay = true;
                    awaitTheEnd();
                }
                registered = true;
            }
        }
    }
}
