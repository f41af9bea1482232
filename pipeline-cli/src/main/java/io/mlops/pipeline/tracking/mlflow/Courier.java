package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import io.mlops.pipeline.tracking.mlflow.MlflowException.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes what waits in the spool to the server, on a thread of its own. Whoever waits for it waits as long as they like: a
 * server that is away costs nothing else.
 */
final class Courier {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /** The pause doubles up to four seconds. */
    private static final int LONGEST_DOUBLING = 4;

    /** So many failures in a row mean an outage: nobody waits longer for it than they must. */
    private static final int OUTAGE = 3;

    private final Spool spool;
    private final MlflowServer server;
    private final RunSender runSender;
    private final ModelSender modelSender;
    private final Map<String, String> runIds = new ConcurrentHashMap<>();
    private @Nullable Thread thread;
    private long wanted;
    private long done;
    private int failures;
    private Delivery last = Delivery.NOTHING_PENDING;

    Courier(Spool spool, MlflowServer server, RunStore runs, MlflowHttp http) {
        this.spool = spool;
        this.server = server;
        this.runSender = new RunSender(runs, http, server.settling());
        this.modelSender = new ModelSender(runs, runSender, http, server.settling());
    }

    /** The server's id of a run that this process has sent. */
    Optional<String> runId(String key) {
        return Optional.ofNullable(runIds.get(key));
    }

    /** Says that something waits. */
    synchronized void wake() {
        wanted++;
        if (thread == null) {
            thread = new Thread(this::work, "mlflow-courier");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /**
     * Waits until all that waits now is delivered.
     *
     * @param patient whether to wait through an outage too
     */
    synchronized Delivery deliver(Duration timeout, boolean patient) {
        wake();
        long target = wanted;
        long deadline = System.nanoTime() + timeout.toNanos();
        failures = 0;
        while (done < target && !last.denied() && (patient || failures < OUTAGE)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (done >= target) {
            return last;
        }
        String problem = last.problem().isEmpty() ? "MLflow at " + server + " has not answered yet" : last.problem();
        return new Delivery(pending(), last.refused(), problem, last.denied());
    }

    /**
     * Waits until nothing is left to deliver or to look at again.
     *
     * @return what is left after the time
     */
    Delivery sync(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Delivery delivery = deliver(left, true);
            if (delivery.denied()
                    || left.isZero()
                    || (delivery.complete() && spool.waiting().isEmpty())) {
                return delivery;
            }
            pause(FIRST_PAUSE.toMillis());
        }
    }

    /** Works until nothing is wanted any more, and then ends. */
    private void work() {
        while (true) {
            long target;
            synchronized (this) {
                if (done >= wanted) {
                    thread = null;
                    return;
                }
                target = wanted;
            }
            Delivery delivery = round();
            long pause;
            synchronized (this) {
                last = delivery;
                if (delivery.complete()) {
                    failures = 0;
                    done = target;
                } else {
                    failures++;
                }
                pause = FIRST_PAUSE.toMillis() << Math.min(failures, LONGEST_DOUBLING);
                notifyAll();
            }
            if (!delivery.complete()) {
                pause(pause);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends what waits, in order, until all is sent or the server is away. */
    private Delivery round() {
        try (Spool.Sending sending = spool.trySending().orElse(null)) {
            if (sending == null) {
                return undelivered("another process is sending the record", false);
            }
            int refused = 0;
            String remark = "";
            for (SpooledRun waiting : spool.waiting()) {
                List<String> reasons = send(waiting);
                refused += reasons.size();
                remark = reasons.isEmpty() ? remark : reasons.get(0);
            }
            return new Delivery(0, refused, remark, false);
        } catch (MlflowException e) {
            return undelivered(e.message(), e.kind() == Kind.DENIED);
        } catch (PipelineException e) {
            return undelivered(e.message(), e.kind() != PipelineException.Kind.TEMPORARY);
        } catch (RuntimeException e) {
            return undelivered("the record could not be sent: " + e, false);
        }
    }

    private Delivery undelivered(String problem, boolean denied) {
        return new Delivery(Math.max(1, pending()), 0, problem, denied);
    }

    /** Sends the entries of one run; why the server would not take some of them. */
    private List<String> send(SpooledRun waiting) {
        Progress progress = waiting.progress().inherited();
        List<SpoolEvent> events = waiting.events();
        try {
            for (int i = progress.sent(); i < events.size(); i++) {
                waiting.save(progress.sending(events.get(i).key()));
                try {
                    send(waiting, events.get(i), progress);
                } catch (MlflowException e) {
                    if (e.kind() != Kind.REFUSED) {
                        throw e;
                    }
                    progress.refused().add(e.message());
                }
                progress = progress.sent(i + 1);
                waiting.save(progress);
            }
            settle(waiting, events, progress);
        } finally {
            waiting.save(progress);
        }
        removeWhenDone(waiting);
        return progress.refused();
    }

    private void send(SpooledRun waiting, SpoolEvent event, Progress progress) {
        RunUpdate update = event.update();
        if (update != null) {
            runSender.send(event.experiment(), update, waiting.files(event.files()), progress);
            runIds.putAll(progress.runs());
        }
        SpoolEvent.ModelEvent model = event.model();
        if (model != null) {
            modelSender.send(event.experiment(), model, waiting.files(event.files()), progress);
        }
    }

    /** Looks again at what requests may have done that arrived twice, or that got no answer. */
    private void settle(SpooledRun waiting, List<SpoolEvent> events, Progress progress) {
        Set<String> settled = new HashSet<>(progress.doubtful().keySet());
        settled.removeIf(key -> !progress.settled(key, server.settling()));
        Set<String> experiments = new HashSet<>();
        for (SpoolEvent event : events) {
            RunUpdate update = event.update();
            if (update != null) {
                experiments.add(event.experiment());
                if (settled.contains(update.key())) {
                    runSender.repeat(update, progress);
                }
            }
            SpoolEvent.ModelEvent model = event.model();
            if (model != null) {
                modelSender.removeDoubles(event.experiment(), model);
                if (settled.contains(model.key())) {
                    modelSender.repeat(model);
                }
            }
        }
        String rootKey = waiting.folder().getFileName().toString();
        experiments.forEach(experiment -> runSender.removeDoubles(experiment, rootKey, progress));
        progress.doubtful().keySet().removeAll(settled);
    }

    /** What was refused is set aside for a person to see; what is in doubt stays, to be looked at again. */
    private void removeWhenDone(SpooledRun waiting) {
        spool.change(waiting.folder().getFileName().toString(), run -> {
            Progress progress = run.progress();
            if (progress.sent() < run.events().size() || !progress.doubtful().isEmpty()) {
                return;
            }
            if (progress.refused().isEmpty()) {
                run.remove();
            } else {
                spool.setAside(run);
            }
        });
    }

    /** How many entries wait. */
    int pending() {
        int pending = 0;
        for (SpooledRun waiting : spool.waiting()) {
            pending += Math.max(0, waiting.events().size() - waiting.progress().sent());
        }
        return pending;
    }
}
