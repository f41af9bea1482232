package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A registry in a folder, without any server: {@code models/<name>/<version>/} is a bundle, and
 * {@code models/<name>/history.jsonl} says what is registered and where the aliases point.
 *
 * <p>Only the history counts. A version's folder is complete before the line that registers it is written, and bears a
 * mark until then; a folder that still bears it and has no line is what a killed process left, and the next writer clears
 * it away. A folder without a mark is never deleted, not even where the history was lost.
 */
public final class LocalModelRegistry implements ModelRegistry {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String INCOMING = ".incoming";
    private static final String MARK = ".registering";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    private final Path folder;
    private final String name;
    private final Clock clock;
    private final HistoryFile history;

    public LocalModelRegistry(Path models, String name) {
        this(models, name, Clock.systemUTC());
    }

    LocalModelRegistry(Path models, String name, Clock clock) {
        this.name = ModelNames.model(name);
        this.folder = models.resolve(name);
        this.clock = clock;
        this.history = new HistoryFile(folder.resolve("history.jsonl"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ModelVersion register(Path bundle, Registration registration) {
        try {
            BundleFolders.files(bundle);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(e);
        }
        return write(state -> {
            Path incoming = folder.resolve(INCOMING);
            BundleFolders.copy(bundle, incoming);
            String digest = Bundle.verify(incoming);
            Optional<ModelVersion> same = state.registered(digest, registration.runDate());
            if (same.isPresent()) {
                Folders.delete(incoming);
                return same.get();
            }
            int number = Math.max(state.newest(), newestFolder()) + 1;
            Path place = folder.resolve(Integer.toString(number));
            Files.createFile(incoming.resolve(MARK));
            Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
            history.append(new HistoryEntry(
                    now(),
                    Action.REGISTERED,
                    number,
                    CHALLENGER,
                    state.aliases().get(CHALLENGER),
                    registration.by(),
                    registration.why(),
                    registration.runDate(),
                    digest,
                    registration.verdict(),
                    registration.metrics()));
            Files.delete(place.resolve(MARK));
            return version(number);
        });
    }

    @Override
    public List<ModelVersion> versions() {
        return state().versions();
    }

    @Override
    public Map<String, Integer> aliases() {
        return state().aliases();
    }

    @Override
    public List<HistoryEntry> history() {
        return history.read();
    }

    @Override
    public ModelVersion promote(int version, String by, String why) {
        return write(state -> {
            ModelVersion promoted = version(version);
            Integer champion = state.aliases().get(CHAMPION);
            if (champion == null || champion != version) {
                move(Action.PROMOTED, version, CHAMPION, champion, by, why);
            }
            return promoted;
        });
    }

    @Override
    public void point(String alias, int version, String by, String why) {
        ModelNames.alias(alias);
        if (alias.equals(CHAMPION)) {
            promote(version, by, why);
            return;
        }
        write(state -> {
            ModelVersion pointed = version(version);
            Integer before = state.aliases().get(alias);
            if (before == null || before != version) {
                move(Action.POINTED, version, alias, before, by, why);
            }
            return pointed;
        });
    }

    @Override
    public ModelVersion rollback(String by, String why) {
        return write(state -> {
            List<Integer> champions = state.champions();
            int before = RegistryState.championToReturnTo(name, champions);
            int current = champions.get(champions.size() - 1);
            move(Action.ROLLED_BACK, before, CHAMPION, current, by, why);
            return version(before);
        });
    }

    @Override
    public Optional<ModelVersion> championBefore(String runDate) {
        Integer champion = RegistryState.championBefore(history.read(), runDate);
        return champion == null ? Optional.empty() : Optional.of(version(champion));
    }

    @Override
    public Path folder(int version) {
        Path place = folder.resolve(Integer.toString(version(version).number()));
        if (!Files.isRegularFile(place.resolve(BundleFolders.MARK))) {
            throw PipelineException.usage("version " + version + " of model '" + name
                    + "' is registered, but its bundle " + place + " is gone; restore it, or promote another version");
        }
        return place;
    }

    private void move(Action action, int version, String alias, @Nullable Integer from, String by, String why)
            throws IOException {
        history.append(new HistoryEntry(now(), action, version, alias, from, by, why, null, null, null, null));
    }

    private RegistryState state() {
        return RegistryState.of(name, history.read());
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private interface Change<T> {
        T make(RegistryState state) throws IOException;
    }

    /** Makes a change alone, on a folder without leftovers. */
    private <T> T write(Change<T> change) {
        if (!Files.isDirectory(folder)) {
            throw PipelineException.usage("there is no model '" + name + "' in " + folder.getParent()
                    + "; register one with 'mlops run' or 'mlops register'");
        }
        try (RegistryLock lock = RegistryLock.take(folder, TIMEOUT)) {
            clear();
            try {
                return change.make(state());
            } catch (IOException | RuntimeException e) {
                clear();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(e);
        }
    }

    private PipelineException unwritable(Exception cause) {
        return new PipelineException(
                PipelineException.Kind.USAGE,
                "cannot write to the model registry " + folder + ": " + cause + "; nothing was registered or moved",
                cause);
    }

    /** Removes what a process that was killed, or that failed, has left. */
    private void clear() throws IOException {
        Path incoming = folder.resolve(INCOMING);
        Folders.delete(incoming);
        for (int number : numberedFolders()) {
            Path place = folder.resolve(Integer.toString(number));
            if (Files.exists(place.resolve(MARK))) {
                if (versions().stream().anyMatch(version -> version.number() == number)) {
                    Files.delete(place.resolve(MARK));
                } else {
                    Folders.delete(place);
                }
            }
        }
    }

    private int newestFolder() throws IOException {
        return numberedFolders().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private List<Integer> numberedFolders() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(NUMBER.asMatchPredicate())
                    .map(Integer::valueOf)
                    .toList();
        }
    }
}
