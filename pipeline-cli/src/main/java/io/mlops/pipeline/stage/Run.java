package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.progress.Progress;
import io.mlops.pipeline.tracking.LocalTracking;
import io.mlops.pipeline.tracking.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One run of the pipeline: the project's folder, its configuration and the date it is for.
 *
 * @param home the project's folder; relative paths of the configuration start here
 * @param tracking where it is recorded
 * @param date names the run; rerunning a date replaces it
 */
public record Run(Path home, PipelineConfig config, LocalDate date, Progress progress, Tracking tracking) {
    private static final String DATE = "{date}";

    /** A run without any server. */
    public Run(Path home, PipelineConfig config, LocalDate date, Progress progress) {
        this(home, config, date, progress, new LocalTracking(home.resolve("models")));
    }

    /** A path of the configuration, which starts in the project's folder; <code>{date}</code> in it is the run's. */
    public Path resolve(String path) {
        return home.resolve(dated(path));
    }

    /** A path or location of the configuration with the run's date in the place of <code>{date}</code>. */
    String dated(String location) {
        return location.replace(DATE, date.toString());
    }

    /**
     * A location of the configuration: a path or glob that starts in the project's folder, or {@code -}.
     *
     * @throws PipelineException where it names a file for each date, and that of the run's date is missing
     */
    public String locate(String location) {
        if (location.equals("-")) {
            return location;
        }
        Path path = resolve(location);
        if (location.contains(DATE) && !path.toString().matches(".*[*?\\[{].*") && !Files.exists(path)) {
            throw PipelineException.usage(path + " does not exist: it is " + location + " for the run's date, " + date
                    + "; put the day's file there, or give another --date");
        }
        return path.toString();
    }

    public Path runs() {
        return home.resolve("runs");
    }

    public Path models() {
        return home.resolve("models");
    }

    /** Where locks, cache and temporary files live. */
    Path hidden() {
        return hidden(home);
    }

    /** Where locks, cache, temporary files and what waits for a server live, in a project's folder. */
    public static Path hidden(Path home) {
        return home.resolve(".mlops");
    }

    /** The folder of this date. */
    public Path folder() {
        return runs().resolve(date.toString());
    }

    /** The folder of a stage's result. */
    public Path folder(String stage) {
        return folder().resolve(stage);
    }

    /** The record of a stage's result, if it has one that can be read. */
    public Optional<Manifest> manifest(String stage) {
        try {
            return Optional.of(Json.read(folder(stage).resolve(Manifest.FILE), Manifest.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The record of a stage that must have run before.
     *
     * @throws PipelineException where it has not
     */
    public Manifest required(String stage) {
        return manifest(stage)
                .orElseThrow(() -> PipelineException.usage("there is no result of " + stage + " for " + date + " in "
                        + runs() + "; run 'mlops " + stage + " --date " + date + "' first, or 'mlops run'"));
    }

    /** The digest of an output of an earlier stage, which must still be as it was written. */
    String outputDigest(String stage, String file) {
        Path path = folder(stage).resolve(file);
        String digest = required(stage).outputs().get(file);
        boolean there = Files.isRegularFile(path);
        if (digest == null || !there || !Digests.of(path).equals(digest)) {
            throw PipelineException.usage(path + (there ? " has changed since it was written" : " is missing")
                    + "; run 'mlops " + stage + " --date " + date + "' again");
        }
        return digest;
    }
}
