package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.Workers;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.boosting.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Grows the trees, each with random numbers of its own, so that it does not matter which thread grows it. */
final class ForestTraining {
    private final ExtraTreesParameters parameters;
    private final TrainingSet training;
    private final FitContext context;
    private final Labels labels;
    private final Rows rows;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<Tree> trees;
    private final double[][] gains;

    ForestTraining(ExtraTreesParameters parameters, TrainingSet training, FitContext context) {
        this.parameters = parameters;
        this.training = training;
        this.context = context;
        labels = Labels.of(training);
        rows = Rows.of(training, labels);
        trees = new AtomicReferenceArray<>(parameters.trees());
        gains = new double[parameters.trees()][training.features().columns()];
    }

    ForestModel run() {
        int threads = Math.min(Math.max(1, context.threads()), parameters.trees());
        if (threads == 1) {
            grow();
        } else {
            growOn(threads);
        }
        // Workers that are done before anybody waits for them hear nothing of the interruption.
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted");
        }
        List<Tree> grown = new ArrayList<>();
        double[] total = new double[training.features().columns()];
        for (int i = 0; i < trees.length() && trees.get(i) != null; i++) {
            grown.add(trees.get(i));
            for (int feature = 0; feature < total.length; feature++) {
                total[feature] += gains[i][feature];
            }
        }
        Task task = training.target().task();
        double sum = Arrays.stream(total).sum();
        List<String> names =
                training.features().features().stream().map(Feature::name).toList();
        ForestHeader header = new ForestHeader(
                task,
                task == Task.REGRESSION ? labels.offsets()[0] : 0,
                labels.scale(),
                grown.size(),
                rows.outputs(),
                names,
                Arrays.stream(total).map(gain -> sum > 0 ? gain / sum : 0).toArray(),
                rows.ranks());
        return new ForestModel(header, grown);
    }

    /** One tree after the other, at least the first of all, until none is left or the time is up. */
    private void grow() {
        for (int i = next.getAndIncrement(); i < trees.length(); i = next.getAndIncrement()) {
            if (i > 0 && context.deadline().passed()) {
                return;
            }
            trees.set(i, new Grower(rows, parameters, context.seed() + i * 0x9E3779B97F4A7C15L, gains[i]).grow());
        }
    }

    private void growOn(int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(this::grow));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("training was interrupted");
        } catch (ExecutionException e) {
            throw Workers.failure(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
