package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Resamples of rows with replacement, from which intervals follow by Efron's percentile method.
 *
 * <p>Rows are drawn from all rows alike, not by class: how many positives tomorrow brings is as uncertain as which ones.
 * Each resample has its own random numbers, so that the number of threads does not matter.
 */
record Bootstrap(int resamples, long seed, int threads) {
    /** Row visits after which further resamples would cost more than they tell: about a second on one core. */
    private static final long VISITS = 100_000_000;

    /** With fewer resamples the ends of an interval would be noise. */
    static final int LEAST = 200;

    /** The share of resamples in which a metric must be defined for its interval to be given. */
    private static final double DEFINED = 0.9;

    /**
     * The number of resamples for many rows: intervals of many rows are narrow, and how exactly their ends are known
     * matters less.
     *
     * @param passes how often one computation visits each row
     */
    static int plan(int wanted, long rows, int passes) {
        return (int) Math.min(wanted, Math.max(LEAST, VISITS / (rows * passes)));
    }

    /** The scores of each resample: {@code [scorer][metric][resample]}; all scorers see the same resamples. */
    double[][][] run(int rows, List<Scorer> scorers) {
        double[][][] scores = new double[scorers.size()][][];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = new double[scorers.get(i).metrics().size()][resamples];
        }
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            byte[] counts = new byte[rows];
            for (int resample = next.getAndIncrement();
                    resample < resamples && !Thread.currentThread().isInterrupted();
                    resample = next.getAndIncrement()) {
                draw(resample, counts);
                for (int i = 0; i < scores.length; i++) {
                    double[] values = scorers.get(i).score(counts);
                    for (int metric = 0; metric < values.length; metric++) {
                        scores[i][metric][resample] = values[metric];
                    }
                }
            }
        };
        int workers = Math.min(threads, resamples);
        if (workers <= 1) {
            work.run();
        } else {
            runOn(workers, work);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while resampling");
        }
        return scores;
    }

    /** Draws as many rows as there are, and counts them; that one is drawn 128 times is beyond all chance. */
    private void draw(int resample, byte[] counts) {
        Arrays.fill(counts, (byte) 0);
        SplittableRandom random = new SplittableRandom(mix(mix(seed) + resample));
        long rows = counts.length;
        int drawn = 0;
        // One random number draws two rows; that some rows are 2^-32 likelier than others shows in no interval.
        for (; drawn + 1 < rows; drawn += 2) {
            long bits = random.nextLong();
            counts[(int) (((bits >>> 32) * rows) >>> 32)]++;
            counts[(int) (((bits & 0xFFFFFFFFL) * rows) >>> 32)]++;
        }
        if (drawn < rows) {
            counts[(int) (((random.nextLong() >>> 32) * rows) >>> 32)]++;
        }
    }

    /** Spreads neighbouring numbers over all 64 bits (MurmurHash3's finaliser), so that their sequences do not overlap. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    private static void runOn(int workers, Runnable work) {
        ExecutorService executor = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "bootstrap");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                running.add(executor.submit(work));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while resampling");
        } catch (ExecutionException e) {
            throw Workers.failure(e);
        } finally {
            executor.shutdownNow();
        }
    }

    /** The 95 % interval of resampled values; null where there are too few. */
    static @Nullable Interval interval(double[] values) {
        double[] defined = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (defined.length < LEAST / 2 || defined.length < DEFINED * values.length) {
            return null;
        }
        return new Interval(quantile(defined, 0.025), quantile(defined, 0.975));
    }

    /** The quantile of sorted values, interpolated between neighbours. */
    static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    record Interval(double lower, double upper) {}
}
