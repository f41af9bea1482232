package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs a stage so that its result appears whole or not at all, and answers from an earlier result where nothing it depends
 * on has changed. The caller holds the {@link RunLock}.
 */
public final class StageRunner {
    private final Run run;
    private final String runId;
    private final StageCache cache;

    public StageRunner(Run run, String runId) {
        this.run = run;
        this.runId = runId;
        this.cache = StageCache.of(run.home());
    }

    /**
     * Brings a stage's folder up to date.
     *
     * @param force whether to compute even where an earlier result would do
     */
    public Manifest execute(Stage stage, boolean force) {
        StageKey key = StageKey.of(stage, run);
        String digest = key.digest();
        Optional<Manifest> reused = stage.repeatable() && !force ? reuse(stage, digest) : Optional.empty();
        Manifest manifest = reused.orElseGet(() -> compute(stage, key, digest));
        stage.committed(run, digest);
        return manifest;
    }

    private Optional<Manifest> reuse(Stage stage, String digest) {
        Path place = run.folder(stage.name());
        Optional<Manifest> present = run.manifest(stage.name());
        if (present.isPresent() && StageCache.isWhole(place, digest)) {
            Folders.delete(evidence(stage));
            return present.map(manifest -> manifest.reusedBy(manifest.runId(), manifest.date()));
        }
        Optional<Path> entry = cache.find(digest);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Path temporary = temporary(stage.name());
        Folders.copy(entry.get(), temporary);
        Manifest manifest = read(temporary).reusedBy(runId, run.date().toString());
        replaceManifest(temporary, manifest);
        publish(stage, temporary);
        return Optional.of(manifest);
    }

    private Manifest compute(Stage stage, StageKey key, String digest) {
        Path temporary = temporary(stage.name());
        Folders.create(temporary);
        Instant started = Instant.now();
        Stage.Outcome outcome;
        try {
            outcome = stage.execute(run, temporary);
        } catch (RuntimeException | Error e) {
            keepEvidence(stage, temporary);
            throw e;
        }
        if (stage.repeatable() && !StageKey.of(stage, run).digest().equals(digest)) {
            Folders.delete(temporary);
            throw PipelineException.temporary(
                    "an input of " + stage.name() + " changed while it was read; nothing was published; run it again");
        }
        double seconds = (Instant.now().toEpochMilli() - started.toEpochMilli()) / 1000.0;
        Manifest manifest = new Manifest(
                stage.name(),
                digest,
                runId,
                run.date().toString(),
                false,
                started.toString(),
                seconds,
                key.code(),
                key.seed(),
                key.inputs(),
                key.parameters(),
                Digests.ofFolder(temporary),
                new TreeMap<>(outcome.metrics()),
                new TreeMap<>(outcome.summary()),
                outcome.notes(),
                environment());
        Json.write(temporary.resolve(Manifest.FILE), manifest);
        if (stage.repeatable()) {
            cache.put(digest, temporary, temporary("cache-" + stage.name()));
        }
        publish(stage, temporary);
        return manifest;
    }

    /** Puts a finished folder in its place; what a batch rejected before left is out of date then. */
    private void publish(Stage stage, Path temporary) {
        Folders.replace(temporary, run.folder(stage.name()), temporary("old-" + stage.name()));
        Folders.delete(evidence(stage));
    }

    private Path evidence(Stage stage) {
        return run.folder().resolve(stage.name() + ".failed");
    }

    /** What a rejected batch leaves for a person to look at; never where a following stage reads. */
    private void keepEvidence(Stage stage, Path temporary) {
        Path evidence = evidence(stage);
        Folders.delete(evidence);
        for (String name : new String[] {"validation.json", "rejected.csv"}) {
            Path file = temporary.resolve(name);
            if (Files.exists(file)) {
                try {
                    Files.createDirectories(evidence);
                    Files.move(file, evidence.resolve(name));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        Folders.delete(temporary);
    }

    private Path temporary(String name) {
        Path temporary = RunState.temporary(run).resolve(name);
        Folders.delete(temporary);
        return temporary;
    }

    private static Manifest read(Path folder) {
        try {
            return Json.read(folder.resolve(Manifest.FILE), Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file is a link to the cache's: it must be replaced, not written through. */
    private static void replaceManifest(Path folder, Manifest manifest) {
        try {
            Files.delete(folder.resolve(Manifest.FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Json.write(folder.resolve(Manifest.FILE), manifest);
    }

    private static Map<String, String> environment() {
        return new TreeMap<>(Map.of(
                "java", System.getProperty("java.version"),
                "os", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "cores", Integer.toString(Runtime.getRuntime().availableProcessors())));
    }
}
