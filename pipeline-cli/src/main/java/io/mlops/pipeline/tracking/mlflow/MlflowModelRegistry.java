package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.tracking.HistoryEntry;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import io.mlops.pipeline.tracking.ModelNames;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.RegistryState;
import io.mlops.pipeline.tracking.Submission;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import io.mlops.pipeline.tracking.mlflow.VersionStore.Entry;
import io.mlops.pipeline.tracking.mlflow.VersionStore.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The registry of an MLflow server.
 *
 * <p>New versions go through the spool, so that an outage loses none. While the server is away, what was last seen of it is
 * answered, with a warning; moving an alias by hand needs the server.
 */
final class MlflowModelRegistry implements ModelRegistry {
    /** A server that is away is left alone for a while: nobody wants to wait for it several times. */
    private static final Duration TRUCE = Duration.ofSeconds(30);

    private final String name;
    private final MlflowTracking tracking;
    private final VersionStore versions;
    private final ArtifactStore artifacts;
    private final RegistryMirror mirror;
    private final Consumer<String> warnings;
    private boolean warned;
    private long askAgainAt;

    MlflowModelRegistry(
            String name, MlflowTracking tracking, MlflowHttp http, Path fetched, Consumer<String> warnings) {
        this.name = ModelNames.model(name);
        this.tracking = tracking;
        this.versions = new VersionStore(http, name);
        this.artifacts = new ArtifactStore(http);
        this.mirror = new RegistryMirror(fetched.resolve(name));
        this.warnings = warnings;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelVersion register(Path bundle, Registration registration) {
        Submission submission = submit(bundle, registration, null, false);
        ModelVersion version = submission.version();
        if (version == null) {
            throw PipelineException.temporary(submission.note());
        }
        return version;
    }

    @Override
    public Submission submit(Path bundle, Registration registration, @Nullable Integer beaten, boolean promote) {
        String digest = ModelSender.digest(bundle);
        String key = registration.runDate() + "-" + digest.substring(0, 32);
        SpoolEvent.ModelEvent event = new SpoolEvent.ModelEvent(key, name, digest, registration, beaten, promote);
        Delivery delivery = tracking.submit(bundle, event);
        if (!delivery.complete()) {
            return new Submission(
                    null,
                    false,
                    "not registered yet: " + delivery.problem()
                            + "; the model is kept here, and 'mlops sync' or the next" + " run registers it");
        }
        endTruce();
        try {
            List<Entry> made = versions.find(key);
            if (made.isEmpty()) {
                throw PipelineException.usage("MLflow did not register the model: " + delivery.problem());
            }
            return submission(made.get(0).number(), beaten, promote);
        } catch (MlflowException e) {
            throw e.explained();
        }
    }

    private Submission submission(int number, @Nullable Integer beaten, boolean promote) {
        Integer champion = aliases().get(CHAMPION);
        boolean promoted =
                history().stream().anyMatch(each -> each.action() == Action.PROMOTED && each.version() == number);
        String note = promote && !promoted
                ? "version " + champion + " became champion after version " + number + " was compared with "
                        + (beaten == null ? "none" : "version " + beaten)
                        + "; 'mlops promote' decides"
                : "";
        return new Submission(version(number), promoted, note);
    }

    @Override
    public List<ModelVersion> versions() {
        return state().versions();
    }

    @Override
    public Map<String, Integer> aliases() {
        return read().aliases();
    }

    @Override
    public List<HistoryEntry> history() {
        return history(read());
    }

    /** What happened through the pipeline, and at the end what someone has moved since. */
    private static List<HistoryEntry> history(Model model) {
        List<HistoryEntry> history = new ArrayList<>(VersionStore.history(model));
        Integer known = VersionStore.remembered(CHAMPION, history);
        Integer champion = model.aliases().get(CHAMPION);
        if (champion != null && !champion.equals(known)) {
            history.add(new HistoryEntry(
                    ModelSender.now(),
                    Action.PROMOTED,
                    champion,
                    CHAMPION,
                    known,
                    "",
                    "moved outside of the pipeline",
                    null,
                    null,
                    null,
                    null));
        }
        return history;
    }

    private RegistryState state() {
        return RegistryState.of(name, history());
    }

    @Override
    public ModelVersion promote(int number, String by, String why) {
        return move(model -> {
            ModelVersion promoted = version(number);
            Integer known = VersionStore.remembered(CHAMPION, VersionStore.history(model));
            if (!Objects.equals(known, number)
                    || !Objects.equals(model.aliases().get(CHAMPION), number)) {
                ModelSender.promote(versions, model, number, by, why);
            }
            return promoted;
        });
    }

    @Override
    public void point(String alias, int number, String by, String why) {
        ModelNames.alias(alias);
        if (alias.equals(CHAMPION)) {
            promote(number, by, why);
            return;
        }
        move(model -> {
            ModelVersion pointed = version(number);
            Integer before = VersionStore.before(alias, number, model);
            if (!Objects.equals(before, number)) {
                versions.point(alias, number);
                versions.remember(entry(Action.POINTED, number, alias, before, by, why));
            }
            return pointed;
        });
    }

    @Override
    public ModelVersion rollback(String by, String why) {
        return move(model -> {
            List<Integer> champions = RegistryState.of(name, history(model)).champions();
            int before = RegistryState.championToReturnTo(name, champions);
            versions.point(CHAMPION, before);
            versions.remember(
                    entry(Action.ROLLED_BACK, before, CHAMPION, champions.get(champions.size() - 1), by, why));
            return version(before);
        });
    }

    private static HistoryEntry entry(
            Action action, int version, String alias, @Nullable Integer from, String by, String why) {
        return new HistoryEntry(ModelSender.now(), action, version, alias, from, by, why, null, null, null, null);
    }

    private interface Move {
        ModelVersion make(Model model);
    }

    /** Moves an alias; that needs the server itself. */
    private ModelVersion move(Move move) {
        try {
            Model model = versions.read();
            endTruce();
            if (model.versions().isEmpty()) {
                throw PipelineException.usage("there is no model '" + name
                        + "' on the MLflow server; register one with 'mlops run' or 'mlops register'");
            }
            return move.make(model);
        } catch (MlflowException e) {
            throw e.explained();
        }
    }

    @Override
    public Optional<ModelVersion> championBefore(String runDate) {
        Model model = read();
        Integer champion =
                model.aliases().containsKey(CHAMPION) ? RegistryState.championBefore(history(model), runDate) : null;
        return champion == null ? Optional.empty() : Optional.of(version(champion));
    }

    @Override
    public Path folder(int number) {
        ModelVersion version = version(number);
        Optional<Path> present = mirror.bundle(number, version.digest());
        if (present.isPresent()) {
            return present.get();
        }
        Path incoming = mirror.incoming();
        try {
            artifacts.getFolder(versions.files(number), ModelFolder.BUNDLE, incoming);
            if (!Files.exists(incoming.resolve("bundle.json"))) {
                throw PipelineException.usage("version " + number + " of model '" + name
                        + "' on the MLflow server is no model of this pipeline: its files have no " + ModelFolder.BUNDLE
                        + "/bundle.json");
            }
            String actual = Bundle.verify(incoming);
            if (!RegistryMirror.matches(actual, version.digest())) {
                throw PipelineException.usage("version " + number + " of model '" + name
                        + "' on the MLflow server is not" + " what was registered: its files have digest " + actual
                        + ", not " + version.digest());
            }
            return mirror.keep(number, incoming);
        } catch (MlflowException e) {
            throw e.explained();
        } finally {
            Folders.delete(incoming);
        }
    }

    /** What the server says, or what it last said. */
    private synchronized Model read() {
        if (warned && System.nanoTime() - askAgainAt < 0) {
            return lastSeen();
        }
        try {
            Model model = versions.read();
            mirror.write(model);
            return model;
        } catch (MlflowException e) {
            if (e.kind() != MlflowException.Kind.AWAY || tracking.required()) {
                throw e.explained();
            }
            if (!warned) {
                warnings.accept(e.message() + "; model '" + name + "' is taken as it was last seen");
            }
            warned = true;
            askAgainAt = System.nanoTime() + TRUCE.toNanos();
            return lastSeen();
        }
    }

    private synchronized void endTruce() {
        warned = false;
    }

    private Model lastSeen() {
        return mirror.read().orElse(new Model(List.of(), Map.of()));
    }
}
