package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** How long answers take: rows are answered in one batch on one thread, a few times over. */
final class Latency {
    private static final int MOST_ROWS = 500;
    private static final int FEWEST_ROWS = 20;

    /** About so long may the batch take all models together. */
    private static final double BATCH_MICROSECONDS = 100_000;

    /** For how long a thing is measured. */
    private static final double ENOUGH_MICROSECONDS = 15_000;

    /** What takes so long is measured once. */
    private static final double LONG_MICROSECONDS = 60_000;

    private final TableRows batch;

    /**
     * Makes one.
     *
     * @param rows the first of which are answered: up to 500, fewer where models are slow
     * @param expected about how many microseconds all models together take for a row
     */
    Latency(Rows rows, double expected) {
        TableRows all = new TableRows(rows.schema(), rows.readAll());
        int most = (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, BATCH_MICROSECONDS / Math.max(1, expected)));
        batch = all.select(IntStream.range(0, (int) Math.min(most, all.count())).toArray());
    }

    /** How many microseconds a row takes to become features. */
    double of(Preprocessor preprocessor) {
        return microseconds(() -> preprocessor.transform(batch));
    }

    /** How many microseconds a row takes to be predicted from its features. */
    double of(TrainedModel model, Preprocessor preprocessor) {
        TrainedModel alone = model.onOneThread();
        FeatureMatrix features = preprocessor.transform(batch);
        return microseconds(() -> alone.predict(features));
    }

    /** How many microseconds a row takes from its cells to its prediction. */
    double of(Assembled assembled) {
        TrainedModel alone = assembled.model().onOneThread();
        return microseconds(() -> alone.predict(assembled.preprocessor().transform(batch)));
    }

    /** The median over several runs; a first one warms up, unless it is long enough to be the only one. */
    private double microseconds(Runnable work) {
        double first = run(work);
        if (first >= LONG_MICROSECONDS) {
            return first / batch.count();
        }
        List<Double> runs = new ArrayList<>();
        for (double total = 0; total < ENOUGH_MICROSECONDS; ) {
            double taken = run(work);
            runs.add(taken);
            // A clock that stands still must not hold up the work.
            total += Math.max(1, taken);
        }
        Collections.sort(runs);
        return runs.get(runs.size() / 2) / batch.count();
    }

    private static double run(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e3;
    }
}
