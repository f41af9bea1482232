package io.mlops.pipeline.tracking;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** No server: the runs' own files are the record, and models are kept in a folder. */
public record LocalTracking(Path models) implements Tracking {
    @Override
    public void check() {}

    @Override
    public void record(RunUpdate update) {}

    @Override
    public Delivery deliver(Duration timeout) {
        return Delivery.NOTHING_PENDING;
    }

    @Override
    public Delivery sync(Duration timeout) {
        return Delivery.NOTHING_PENDING;
    }

    @Override
    public Duration timeout() {
        return Duration.ZERO;
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Optional<String> url(String runKey) {
        return Optional.empty();
    }

    @Override
    public ModelRegistry registry(String name) {
        return new LocalModelRegistry(models, name);
    }
}
