package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a history comes to. Two versions that are registered at once may be remembered the other way round, and one event
 * twice, where a request was sent again that had only lost its answer.
 *
 * @param versions ascending
 * @param champions the champion and those before it, the current one last
 */
public record RegistryState(List<ModelVersion> versions, Map<String, Integer> aliases, List<Integer> champions) {
    public static RegistryState of(String model, List<HistoryEntry> history) {
        Map<Integer, ModelVersion> versions = new TreeMap<>();
        Map<String, Integer> aliases = new TreeMap<>();
        List<Integer> champions = new ArrayList<>();
        for (HistoryEntry entry : history) {
            if (entry.action() == Action.REGISTERED) {
                versions.putIfAbsent(entry.version(), version(model, entry));
            } else if (entry.action() == Action.PROMOTED) {
                if (!Objects.equals(aliases.get(ModelRegistry.CHAMPION), entry.version())) {
                    champions.add(entry.version());
                }
                aliases.remove(ModelRegistry.CHALLENGER, entry.version());
            } else if (entry.action() == Action.ROLLED_BACK) {
                champions.remove(champions.size() - 1);
            }
            aliases.put(entry.alias(), entry.version());
        }
        return new RegistryState(List.copyOf(versions.values()), aliases, List.copyOf(champions));
    }

    /** The latest champion that no run of a date registered. */
    public static @Nullable Integer championBefore(List<HistoryEntry> history, String runDate) {
        Set<Integer> own = new HashSet<>();
        Integer champion = null;
        for (HistoryEntry entry : history) {
            if (entry.action() == Action.REGISTERED && runDate.equals(entry.runDate())) {
                own.add(entry.version());
            } else if (entry.alias().equals(ModelRegistry.CHAMPION) && !own.contains(entry.version())) {
                champion = entry.version();
            }
        }
        return champion;
    }

    /** The champion that a rollback makes champion again. */
    public static int championToReturnTo(String name, List<Integer> champions) {
        if (champions.size() < 2) {
            throw PipelineException.usage("model '" + name + "' cannot be rolled back: "
                    + (champions.isEmpty()
                            ? "it has no champion"
                            : "version " + champions.get(0) + " is the first champion it had"));
        }
        return champions.get(champions.size() - 2);
    }

    Optional<ModelVersion> registered(String digest, String runDate) {
        return versions.stream()
                .filter(version ->
                        version.digest().equals(digest) && version.runDate().equals(runDate))
                .findFirst();
    }

    /** The greatest number; 0 where there is none. */
    int newest() {
        return versions.stream().mapToInt(ModelVersion::number).max().orElse(0);
    }

    private static ModelVersion version(String model, HistoryEntry entry) {
        return new ModelVersion(
                model,
                entry.version(),
                entry.digest() == null ? "" : entry.digest(),
                entry.runDate() == null ? "" : entry.runDate(),
                entry.at(),
                entry.verdict(),
                entry.metrics() == null ? Map.of() : entry.metrics());
    }
}
