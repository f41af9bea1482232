package io.mlops.pipeline.tuning;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.Workers;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.progress.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tries points one batch after the other. The points of a batch are chosen, and its trials given up, by what the batches
 * before it gave: so the trials are the same on any number of threads, and where a search that was killed goes on.
 *
 * @param planned the points that are tried first, before the sampler is asked
 * @param batch how many trials are in a batch, after the first trial, which is one of its own
 * @param halving how many trials go on after each step
 * @param threads how many threads are used; never changes a result
 */
public record Search(
        Objective objective,
        Sampler sampler,
        String name,
        List<Planned> planned,
        int batch,
        Halving halving,
        int threads) {
    public Search {
        planned = List.copyOf(planned);
    }

    /**
     * A point to try.
     *
     * @param origin where it comes from
     */
    public record Planned(String origin, Map<String, Object> point) {}

    /**
     * Adds trials to a study until it has so many, or the time is over. The first trial of all is measured as far as the
     * time allows, and at least one step.
     *
     * @param trials how many the study shall have in the end
     */
    public void run(Study study, int trials, Deadline deadline, Progress progress) {
        progress.begin("trials", trials);
        progress.advance(study.trials().size());
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(batch, threads)), task -> {
            Thread thread = new Thread(task, "trial");
            thread.setDaemon(true);
            return thread;
        });
        try {
            while (study.trials().size() < trials
                    && (study.trials().isEmpty() || !deadline.passed())
                    && runBatch(study, trials, deadline, pool, progress)) {}
        } finally {
            pool.shutdownNow();
            progress.end();
        }
    }

    /** Finishes the batch that the study has come to; whether the time allowed it. */
    private boolean runBatch(Study study, int trials, Deadline deadline, ExecutorService pool, Progress progress) {
        int done = study.trials().size();
        // The first trial is alone: it is what others are measured by, and what a short time must suffice for.
        int from = done == 0 ? 0 : 1 + (done - 1) / batch * batch;
        int size = done == 0 ? 1 : batch;
        List<Trial> before = study.trials().subList(0, from);
        List<Planned> points = points(before, from, from + size);
        int to = Math.min(trials, from + size);
        int each = Math.max(1, threads / Math.min(size, threads));
        List<Future<@Nullable Trial>> running = new ArrayList<>();
        for (int number = done; number < to; number++) {
            Planned point = points.get(number - from);
            int own = number;
            running.add(pool.submit(() -> trial(own, point, before, each, deadline)));
        }
        try {
            for (Future<@Nullable Trial> future : running) {
                Trial trial = future.get();
                if (trial == null) {
                    return false;
                }
                study.add(trial);
                progress.advance(1);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the search was interrupted");
        } catch (ExecutionException e) {
            throw Workers.failure(e);
        }
    }

    /** All points of a batch: each is chosen in the knowledge of those before it, but not of what they will give. */
    private List<Planned> points(List<Trial> before, int from, int to) {
        List<Observation> observations = new ArrayList<>(observations(before));
        List<Planned> points = new ArrayList<>();
        for (int number = from; number < to; number++) {
            Planned point = number < planned.size()
                    ? planned.get(number)
                    : new Planned(name, sampler.suggest(observations, number));
            observations.add(Observation.running(point.point()));
            points.add(point);
        }
        return points;
    }

    private List<Observation> observations(List<Trial> trials) {
        List<Observation> observations = new ArrayList<>();
        for (Trial trial : trials) {
            Double value = trial.value();
            if (value != null && trial.status() != Trial.Status.FAILED) {
                int steps =
                        trial.isFinished() ? Integer.MAX_VALUE : trial.steps().size();
                observations.add(new Observation(trial.parameters(), steps, loss(value)));
            }
        }
        return observations;
    }

    private double loss(double value) {
        return objective.greaterIsBetter() ? -value : value;
    }

    /** Measures a point; null where the time was over before it could be said how good it is. */
    private @Nullable Trial trial(int number, Planned planned, List<Trial> before, int share, Deadline deadline) {
        Instant started = Instant.now();
        long start = System.nanoTime();
        Map<String, Double> steps = new LinkedHashMap<>();
        Double value = null;
        String reason = null;
        Trial.Status status;
        try {
            Objective.Measurement measurement = objective.measure(planned.point(), share, deadline);
            do {
                if (deadline.passed() && !(number == 0 && steps.isEmpty())) {
                    break;
                }
                String step = measurement.next();
                value = measurement.step();
                if (Double.isNaN(value)) {
                    value = null;
                    throw PipelineException.data(
                            "the metric has no value on these rows; name another with tune.metric");
                }
                steps.put(step, value);
            } while (!measurement.done() && goesOn(number, steps, before));
            boolean cut = deadline.passed();
            status = cut ? Trial.Status.CUT_SHORT : measurement.done() ? Trial.Status.FINISHED : Trial.Status.PRUNED;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            status = Trial.Status.FAILED;
            value = null;
            reason = e instanceof PipelineException known ? known.message() : e.toString();
        }
        if (status == Trial.Status.CUT_SHORT && number > 0) {
            return null;
        }
        return new Trial(
                number,
                planned.origin(),
                planned.point(),
                status,
                steps,
                value,
                reason,
                started.toString(),
                (System.nanoTime() - start) / 1e9);
    }

    private boolean goesOn(int number, Map<String, Double> steps, List<Trial> before) {
        if (number == 0) {
            return true;
        }
        String step = List.copyOf(steps.keySet()).get(steps.size() - 1);
        List<Double> others = before.stream()
                .map(trial -> trial.steps().get(step))
                .filter(Objects::nonNull)
                .map(this::loss)
                .toList();
        return halving.goesOn(loss(Objects.requireNonNull(steps.get(step))), others);
    }
}
