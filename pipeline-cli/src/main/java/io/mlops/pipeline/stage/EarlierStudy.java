package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The study of an earlier run. */
record EarlierStudy(LocalDate date, Path folder, Manifest manifest) {
    /** So many of the last studies are worth a look. */
    private static final int MOST = 3;

    private static final String PARAMS = "train.params.";

    /** The last studies of a family before a run's date that made the same metric better for the same target. */
    static List<EarlierStudy> before(Run run, String model, Metric metric, Target target) {
        return find(
                        run,
                        study -> study.date().isBefore(run.date())
                                && study.isOf(model, target)
                                && study.manifest().text(TuneOutcome.METRIC).equals(metric.key()))
                .limit(MOST)
                .toList();
    }

    /**
     * The newest study of a run's family up to its date.
     *
     * @param target what was to be predicted; null for anything
     */
    static Optional<EarlierStudy> newest(Run run, @Nullable Target target) {
        return upTo(run, target).findFirst();
    }

    /** The newest that was to better the hyperparameters that the run has: of others it knows nothing. */
    static Optional<EarlierStudy> newestOfTheSameStart(Run run, @Nullable Target target) {
        return upTo(run, target)
                .filter(study -> study.start().equals(run.config().train().params()))
                .findFirst();
    }

    private static Stream<EarlierStudy> upTo(Run run, @Nullable Target target) {
        String model = run.config().train().model();
        return find(run, study -> !study.date().isAfter(run.date()) && study.isOf(model, target));
    }

    private static Stream<EarlierStudy> find(Run run, Predicate<EarlierStudy> wanted) {
        if (!Files.isDirectory(run.runs())) {
            return Stream.empty();
        }
        try (Stream<Path> folders = Files.list(run.runs())) {
            return folders
                    .flatMap(folder -> of(folder).stream())
                    .filter(wanted)
                    .sorted(Comparator.comparing(EarlierStudy::date).reversed())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<EarlierStudy> of(Path run) {
        Path folder = run.resolve(TuneStage.NAME);
        try {
            LocalDate date = LocalDate.parse(run.getFileName().toString());
            return Optional.of(
                    new EarlierStudy(date, folder, Json.read(folder.resolve(Manifest.FILE), Manifest.class)));
        } catch (DateTimeParseException | IOException e) {
            return Optional.empty();
        }
    }

    private boolean isOf(String model, @Nullable Target target) {
        return manifest.text(TuneOutcome.MODEL).equals(model) && (target == null || isFor(target));
    }

    private boolean isFor(Target target) {
        return manifest.text(TuneOutcome.TARGET).equals(TuneOutcome.described(target));
    }

    /** What {@code train.params} said when it was made. */
    private Map<String, String> start() {
        Map<String, String> start = new TreeMap<>();
        manifest.parameters().forEach((key, value) -> {
            if (key.startsWith(PARAMS)) {
                start.put(key.substring(PARAMS.length()), String.valueOf(value));
            }
        });
        return start;
    }

    Path file() {
        return folder.resolve(TuneStage.STUDY);
    }

    /** The digest of its trials, which must still be as they were written. */
    String digest() {
        String digest = manifest.outputs().getOrDefault(TuneStage.STUDY, "");
        if (!Files.isRegularFile(file()) || !Digests.of(file()).equals(digest)) {
            throw changed(file());
        }
        return digest;
    }

    /** The best hyperparameters, by name. */
    Map<String, Object> best() {
        Path file = folder.resolve(TuneStage.BEST);
        try {
            if (!Digests.of(file).equals(manifest.outputs().get(TuneStage.BEST))) {
                throw changed(file);
            }
            return Json.read(file, TuneOutcome.Best.class).parameters();
        } catch (IOException | UncheckedIOException e) {
            throw changed(file);
        }
    }

    private PipelineException changed(Path file) {
        return PipelineException.usage(
                file + " has changed since it was written, or is missing; run 'mlops tune --date " + date
                        + "' again, or remove the folder");
    }
}
