package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * News of one run of the record: of the pipeline's run, of one stage of it, or of a part of a stage. It adds to what was said before and may be
 * said again without harm.
 *
 * @param key names the run for ever, wherever it is recorded
 * @param parent the key of the run it is part of; null for the pipeline's run
 * @param name for people
 * @param started milliseconds since 1970
 * @param ended milliseconds since 1970; null while it is at work
 * @param parameters text by name
 * @param tags text by name; a later one replaces an earlier one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunUpdate(
        String key,
        @Nullable String parent,
        String name,
        Status status,
        long started,
        @Nullable Long ended,
        Map<String, String> parameters,
        List<Measurement> metrics,
        Map<String, String> tags,
        List<DatasetUse> datasets,
        List<Artifact> artifacts) {
    public RunUpdate {
        parameters = new LinkedHashMap<>(parameters);
        metrics = List.copyOf(metrics);
        tags = new LinkedHashMap<>(tags);
        datasets = List.copyOf(datasets);
        artifacts = List.copyOf(artifacts);
    }

    /** The key of the pipeline's run that this is a part of, or its own. */
    @JsonIgnore
    public String root() {
        int end = key.indexOf('/');
        return parent == null || end < 0 ? key : key.substring(0, end);
    }

    /** How a run stands. */
    public enum Status {
        RUNNING,
        FINISHED,
        FAILED,
        KILLED
    }

    /**
     * One number.
     *
     * @param step of a curve: the round or fold; 0 for a single number
     * @param at milliseconds since 1970
     */
    public record Measurement(String name, double value, long step, long at) {}

    /**
     * A table that a run read or made.
     *
     * @param context what for: {@code training}, {@code testing}
     * @param digest of its content, at most 36 characters
     * @param source where it came from: a path or an address
     * @param columns the type of each column, by its name: {@code double}, {@code long}, {@code string}, {@code boolean},
     *     {@code datetime}
     * @param profile what is known of its content, by name: the number of rows, …
     */
    public record DatasetUse(
            String context,
            String name,
            String digest,
            String source,
            Map<String, String> columns,
            Map<String, Object> profile) {}

    /**
     * A file that is kept with a run.
     *
     * @param path its place among the run's files, with slashes
     * @param file where it is on this machine
     */
    public record Artifact(String path, Path file) {}

    public static Builder builder(String key, @Nullable String parent, String name, Instant started) {
        return new Builder(key, parent, name, started);
    }

    /** Gathers what is to be said. */
    public static final class Builder {
        private final String key;
        private final @Nullable String parent;
        private final String name;
        private final long started;
        private final Map<String, String> parameters = new LinkedHashMap<>();
        private final List<Measurement> metrics = new ArrayList<>();
        private final Map<String, String> tags = new LinkedHashMap<>();
        private final List<DatasetUse> datasets = new ArrayList<>();
        private final List<Artifact> artifacts = new ArrayList<>();

        private Builder(String key, @Nullable String parent, String name, Instant started) {
            this.key = key;
            this.parent = parent;
            this.name = name;
            this.started = started.toEpochMilli();
        }

        /** News of a part of this run. */
        public Builder part(String partName, Instant begun) {
            return new Builder(key + "/" + partName.replace(' ', '-'), key, partName, begun);
        }

        public Builder parameter(String parameter, String value) {
            parameters.put(parameter, value);
            return this;
        }

        public Builder metric(String metric, double value, Instant at) {
            return metric(metric, value, 0, at);
        }

        public Builder metric(String metric, double value, long step, Instant at) {
            metrics.add(new Measurement(metric, value, step, at.toEpochMilli()));
            return this;
        }

        public Builder tag(String tag, String value) {
            tags.put(tag, value);
            return this;
        }

        public Builder dataset(DatasetUse dataset) {
            datasets.add(dataset);
            return this;
        }

        public Builder artifact(String path, Path file) {
            artifacts.add(new Artifact(path, file));
            return this;
        }

        /** What was gathered, of a run that is at work. */
        public RunUpdate running() {
            return build(Status.RUNNING, null);
        }

        /** What was gathered, of a run that has ended. */
        public RunUpdate ended(Status status, Instant at) {
            return build(status, at.toEpochMilli());
        }

        private RunUpdate build(Status status, @Nullable Long ended) {
            return new RunUpdate(
                    key, parent, name, status, started, ended, parameters, metrics, tags, datasets, artifacts);
        }
    }
}
