package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one model, the aliases that point to them, and who moved what when and why.
 *
 * <p>Safe to use from several threads and processes at once. Whatever is refused throws a {@link PipelineException} and
 * changes nothing.
 */
public interface ModelRegistry {
    /** The alias of the version in use. */
    String CHAMPION = "champion";

    /** The alias of the newest version that is not in use. */
    String CHALLENGER = "challenger";

    /** The model's name. */
    String name();

    /**
     * Keeps a copy of a bundle as the next version and makes it the challenger. The same bundle of the same run date is
     * registered once: the version it has is answered again.
     */
    ModelVersion register(Path bundle, Registration registration);

    /**
     * Registers a bundle and, where it won, makes it the champion; a repetition does not undo what a person decided since,
     * such as a rollback.
     *
     * @param beaten the champion that it was compared with; null for none
     * @param promote whether it won
     */
    default Submission submit(Path bundle, Registration registration, @Nullable Integer beaten, boolean promote) {
        ModelVersion version = register(bundle, registration);
        boolean before = history().stream()
                .anyMatch(each -> each.action() == HistoryEntry.Action.PROMOTED && each.version() == version.number());
        if (promote && !before) {
            promote(version.number(), registration.by(), registration.why());
        }
        return new Submission(version, promote, "");
    }

    /** All versions, ascending. */
    List<ModelVersion> versions();

    /** The number of the version that each alias points to, by the alias, in alphabetical order. */
    Map<String, Integer> aliases();

    /** Everything that ever happened, the oldest first. */
    List<HistoryEntry> history();

    /** Makes a version the champion; a challenger that becomes champion is no longer challenger. */
    ModelVersion promote(int version, String by, String why);

    /** Points an alias of the user's own to a version. */
    void point(String alias, int version, String by, String why);

    /** Makes the champion before this one the champion again; again and again goes further back. */
    ModelVersion rollback(String by, String why);

    /**
     * The champion that a run of a date had to beat when it ran first: the latest that was not itself registered by a run
     * of this date, so that a rerun comes to the same verdict.
     */
    Optional<ModelVersion> championBefore(String runDate);

    /** The folder on this machine with a version's bundle. */
    Path folder(int version);

    /** A version by its number. */
    default ModelVersion version(int number) {
        return versions().stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> PipelineException.usage("model '" + name() + "' has no version " + number
                        + (versions().isEmpty()
                                ? "; nothing is registered under this name"
                                : "; its newest is "
                                        + versions().get(versions().size() - 1).number())));
    }

    /** The version that an alias points to. */
    default Optional<ModelVersion> alias(String alias) {
        return Optional.ofNullable(aliases().get(alias)).map(this::version);
    }

    default Optional<ModelVersion> champion() {
        return alias(CHAMPION);
    }
}
