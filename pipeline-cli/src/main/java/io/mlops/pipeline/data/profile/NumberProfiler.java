package io.mlops.pipeline.data.profile;

import io.mlops.pipeline.data.Accumulator;
import io.mlops.pipeline.data.profile.Profile.Histogram;
import io.mlops.pipeline.data.profile.Profile.NumberProfile;
import io.mlops.pipeline.data.profile.Profile.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Profiles a column of numbers. */
final class NumberProfiler implements Accumulator<double[], NumberProfiler, Optional<NumberProfile>> {
    private static final double[] LEVELS = {
        0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99
    };

    private static final int BINS = 20;

    private final Moments moments = new Moments();
    private final QuantileSketch sketch;

    NumberProfiler(int capacity) {
        sketch = new QuantileSketch(capacity);
    }

    @Override
    public void accept(double[] values) {
        moments.accept(values);
        for (double value : values) {
            sketch.accept(value);
        }
    }

    /** Adds numbers, of which the quantiles see only those at the given places. */
    void accept(double[] values, int[] sampled) {
        moments.accept(values);
        for (int place : sampled) {
            sketch.accept(values[place]);
        }
    }

    @Override
    public void merge(NumberProfiler other) {
        moments.merge(other.moments);
        sketch.merge(other.sketch);
    }

    long count() {
        return moments.count();
    }

    @Override
    public Optional<NumberProfile> finish() {
        if (moments.count() == 0) {
            return Optional.empty();
        }
        List<Quantile> quantiles = new ArrayList<>();
        for (double level : LEVELS) {
            quantiles.add(new Quantile(level, quantile(level)));
        }
        return Optional.of(new NumberProfile(
                moments.mean(), moments.deviation(), moments.min(), moments.max(), quantiles, histogram()));
    }

    /** A quantile; where no number was sampled, of the range. */
    private double quantile(double level) {
        return sketch.count() == 0 ? moments.min() + level * (moments.max() - moments.min()) : sketch.quantile(level);
    }

    /**
     * Bins of equal width between the 1st and the 99th percentile; the outer ones reach to the ends of the range, so that
     * one outlier does not push everything else into a single bin.
     */
    private Histogram histogram() {
        double min = moments.min();
        double max = moments.max();
        double low = quantile(0.01);
        double high = quantile(0.99);
        if (!(low < high)) {
            low = min;
            high = max;
        }
        List<Double> edges = new ArrayList<>(List.of(min));
        for (int bin = 1; bin < BINS; bin++) {
            double edge = low + (high - low) / BINS * bin;
            if (edge > edges.get(edges.size() - 1) && edge < max) {
                edges.add(edge);
            }
        }
        edges.add(max);
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int bin = 1; bin < edges.size(); bin++) {
            boolean last = bin == edges.size() - 1;
            long below = last ? moments.count() : Math.round(sketch.shareBelow(edges.get(bin)) * moments.count());
            counts.add(Math.max(0, below - before));
            before = Math.max(before, below);
        }
        return new Histogram(edges, counts);
    }
}
