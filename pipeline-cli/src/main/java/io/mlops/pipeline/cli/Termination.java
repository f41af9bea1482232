package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.RunLock;
import io.mlops.pipeline.stage.RunState;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Leaves a run that a signal ends marked KILLED, without its lock and temporary files. */
final class Termination {
    private static final AtomicReference<@Nullable Termination> CURRENT = new AtomicReference<>();
    private static final CountDownLatch NEVER = new CountDownLatch(1);
    private static volatile boolean underWay;

    private final Run run;
    private final RunLock lock;
    private volatile RunState state;

    private Termination(Run run, RunLock lock, RunState state) {
        this.run = run;
        this.lock = lock;
        this.state = state;
    }

    /** Watches over a run until {@link #done}. */
    static Termination watch(Run run, RunLock lock, RunState state) {
        Termination termination = new Termination(run, lock, state);
        if (CURRENT.getAndSet(termination) == null && !HookHolder.REGISTERED) {
            throw new IllegalStateException("the shutdown hook is not registered");
        }
        return termination;
    }

    void entered(RunState newState) {
        state = newState;
    }

    void done() {
        CURRENT.set(null);
    }

    /** Keeps a failing thread silent while the process is being ended: the failure is the signal's doing. */
    static void awaitIfUnderWay() {
        while (underWay) {
            try {
                NEVER.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void terminate() {
        state.with(RunState.Status.KILLED, state.stage(), "ended by a signal").write(run);
        try {
            RunState.abandon(run);
        } catch (UncheckedIOException e) {
            // Threads that are still at work may go on writing; the next run removes what they leave.
        } finally {
            lock.close();
        }
    }

    /** Registers the hook once for the process, when the first run begins. */
    private static final class HookHolder {
        static final boolean REGISTERED = register();

        private static boolean register() {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                Termination current = CURRENT.getAndSet(null);
                                if (current != null) {
                                    underWay = true;
                                    current.terminate();
                                }
                            },
                            "termination"));
            return true;
        }
    }
}
