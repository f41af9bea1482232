package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.tracking.HistoryEntry;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.RegistryState;
import io.mlops.pipeline.tracking.mlflow.SpoolEvent.ModelEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Registers models on the server; whatever is sent again comes to the same.
 *
 * <p>The files come first, the version when they have all arrived, the alias last: an alias never points to half a model.
 */
final class ModelSender {
    private static final String IN_RUN = "model";

    private final RunStore runs;
    private final RunSender runSender;
    private final MlflowHttp http;
    private final ArtifactStore artifacts;
    private final LoggedModels loggedModels;
    private final Duration settling;

    ModelSender(RunStore runs, RunSender runSender, MlflowHttp http, Duration settling) {
        this.runs = runs;
        this.runSender = runSender;
        this.http = http;
        this.settling = settling;
        this.artifacts = new ArtifactStore(http);
        this.loggedModels = new LoggedModels(http);
    }

    /** Registers a bundle, and makes it the champion where it won against the one that is champion still. */
    void send(String experiment, ModelEvent event, Path bundle, Progress progress) {
        VersionStore versions = new VersionStore(http, event.name());
        versions.ensureModel("Retrained and compared by the daily pipeline; `champion` is the version in use.");
        if (versions.find(event.key()).isEmpty()) {
            create(experiment, event, bundle, versions, progress);
        }
        try {
            // A request that arrived twice has made two: the first counts.
            point(event, versions.find(event.key()).get(0).number(), versions);
        } catch (MlflowException e) {
            progress.doubt(event.key(), e);
            throw e;
        }
    }

    private void create(String experiment, ModelEvent event, Path bundle, VersionStore versions, Progress progress) {
        String experimentId = runs.experiment(experiment);
        String runKey = event.registration().runKey();
        String runId = runSender.find(experimentId, runKey, progress).orElse(null);
        if (runKey != null && runId == null) {
            throw MlflowException.refused("the run of model '" + event.name()
                    + "' is not on the MLflow server any more; register it again with 'mlops register'");
        }
        progress.requireSettled(RunSender.MAKING + event.key(), settling);
        try {
            Optional<LoggedModels.Entry> logged = loggedModels.ensure(
                    experimentId, runId, event.name(), event.key(), Map.of("bundle_digest", event.digest()));
            String modelId = logged.map(LoggedModels.Entry::id).orElse(null);
            if (runId == null && modelId == null) {
                throw MlflowException.refused("this MLflow server keeps models with their runs, and there is no run");
            }
            String files = logged.map(LoggedModels.Entry::files)
                    .orElseGet(() -> runs.info(Objects.requireNonNull(runId)).getArtifactUri() + "/" + IN_RUN);
            if (logged.isEmpty() || !logged.get().ready()) {
                upload(bundle, files, new ModelIdentity(runId, modelId, created(event.registration())));
                if (modelId != null) {
                    loggedModels.finish(modelId, runId);
                }
            }
            versions.create(
                    modelId == null ? "runs:/" + runId + "/" + IN_RUN : "models:/" + modelId,
                    runId,
                    modelId,
                    event.registration().description(),
                    tags(event));
        } catch (MlflowException e) {
            progress.doubt(RunSender.MAKING + event.key(), e);
            throw e;
        }
    }

    private void upload(Path bundle, String files, ModelIdentity identity) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory(bundle.getParent(), "model-");
            ModelFolder.write(bundle, folder, identity);
            artifacts.putFolder(files, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (folder != null) {
                Folders.delete(folder);
            }
        }
    }

    /** The day that the model is of, so that the same run gives the same bytes. */
    private static Instant created(Registration registration) {
        return LocalDate.parse(registration.runDate())
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static Map<String, String> tags(ModelEvent event) {
        Registration registration = event.registration();
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(VersionStore.KEY, event.key());
        tags.put(VersionStore.DIGEST, event.digest());
        tags.put("pipeline.date", registration.runDate());
        tags.put("pipeline.registered_by", registration.by());
        if (registration.verdict() != null) {
            tags.put("pipeline.verdict", registration.verdict().key());
        }
        return tags;
    }

    private static void point(ModelEvent event, int number, VersionStore versions) {
        VersionStore.Model model = versions.read();
        List<HistoryEntry> history = VersionStore.history(model);
        Registration registration = event.registration();
        boolean known = history.stream()
                .anyMatch(each ->
                        each.action() == Action.REGISTERED && each.version() == number && each.digest() != null);
        Integer challenger = VersionStore.before(ModelRegistry.CHALLENGER, number, model);
        if (!known) {
            if (challenger == null || challenger < number) {
                versions.point(ModelRegistry.CHALLENGER, number);
            }
            versions.remember(new HistoryEntry(
                    now(),
                    Action.REGISTERED,
                    number,
                    ModelRegistry.CHALLENGER,
                    challenger,
                    registration.by(),
                    registration.why(),
                    registration.runDate(),
                    event.digest(),
                    registration.verdict(),
                    registration.metrics()));
        }
        boolean decided =
                history.stream().anyMatch(each -> each.action() == Action.PROMOTED && each.version() == number);
        Integer champion = model.aliases().get(ModelRegistry.CHAMPION);
        boolean unchanged = Objects.equals(champion, event.beaten())
                || Objects.equals(champion, number)
                || isOfDate(history, champion, registration.runDate());
        if (event.promote() && !decided && unchanged) {
            promote(versions, model, number, registration.by(), registration.why());
        }
    }

    /** A rerun of a date is compared with the champion before it, and replaces what the date made before. */
    private static boolean isOfDate(List<HistoryEntry> history, @Nullable Integer version, String date) {
        return history.stream()
                .anyMatch(each -> each.action() == Action.REGISTERED
                        && Objects.equals(each.version(), version)
                        && date.equals(each.runDate()));
    }

    /** Makes a version the champion; a challenger that becomes champion is no longer challenger. */
    static void promote(VersionStore versions, VersionStore.Model model, int number, String by, String why) {
        Integer champion = VersionStore.before(ModelRegistry.CHAMPION, number, model);
        versions.point(ModelRegistry.CHAMPION, number);
        if (Integer.valueOf(number).equals(versions.read().aliases().get(ModelRegistry.CHALLENGER))) {
            versions.unpoint(ModelRegistry.CHALLENGER);
        }
        versions.remember(new HistoryEntry(
                now(), Action.PROMOTED, number, ModelRegistry.CHAMPION, champion, by, why, null, null, null, null));
    }

    /** Removes what requests that arrived twice, or late, have made beside the version in use. */
    void removeDoubles(String experiment, ModelEvent event) {
        VersionStore versions = new VersionStore(http, event.name());
        versions.find(event.key()).stream().skip(1).forEach(each -> versions.delete(each.number()));
        try {
            loggedModels.find(runs.experiment(experiment), event.key()).stream()
                    .filter(each -> !each.ready())
                    .forEach(each -> loggedModels.delete(each.id()));
        } catch (MlflowException e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /** Points the aliases where they belong, if a request that was given up has moved them back to this version. */
    void repeat(ModelEvent event) {
        VersionStore versions = new VersionStore(http, event.name());
        VersionStore.Model model = versions.read();
        List<VersionStore.Entry> own = versions.find(event.key());
        if (own.isEmpty()) {
            return;
        }
        Map<String, Integer> expected =
                RegistryState.of(event.name(), VersionStore.history(model)).aliases();
        for (String alias : List.of(ModelRegistry.CHAMPION, ModelRegistry.CHALLENGER)) {
            Integer actual = model.aliases().get(alias);
            Integer right = expected.get(alias);
            if (Objects.equals(actual, own.get(0).number()) && !Objects.equals(actual, right)) {
                if (right == null) {
                    versions.unpoint(alias);
                } else {
                    versions.point(alias, right);
                }
            }
        }
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** The digest of a bundle that can be registered. */
    static String digest(Path bundle) {
        if (!Files.isDirectory(bundle)) {
            throw PipelineException.usage(bundle + " is not a model bundle; train writes one");
        }
        return Bundle.verify(bundle);
    }
}
