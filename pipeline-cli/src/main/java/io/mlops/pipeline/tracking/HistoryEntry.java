package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mlops.pipeline.evaluation.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a model; one line of {@code history.jsonl}.
 *
 * @param at when, ISO 8601 in UTC
 * @param version the version it happened to: for a rollback, the one that is champion again
 * @param alias the alias that moved
 * @param from the version that the alias pointed to before; null where it pointed to none
 * @param by who did it
 * @param why in words
 * @param runDate for a registration: the date of the run that made the bundle
 * @param digest for a registration: names the bundle and all its files
 * @param verdict for a registration: null where the model was not evaluated
 * @param metrics for a registration: of the untouched rows, by key
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HistoryEntry(
        String at,
        Action action,
        int version,
        String alias,
        @Nullable Integer from,
        String by,
        String why,
        @Nullable String runDate,
        @Nullable String digest,
        Verdict.@Nullable Outcome verdict,
        @Nullable Map<String, Double> metrics) {
    /** A line that lacks any of these is damaged. */
    public HistoryEntry {
        Objects.requireNonNull(at);
        Objects.requireNonNull(action);
        Objects.requireNonNull(alias);
        Objects.requireNonNull(by);
        Objects.requireNonNull(why);
    }

    /** What can happen. */
    public enum Action {
        /** A bundle became a version, and the challenger. */
        REGISTERED,
        /** A version became the champion. */
        PROMOTED,
        /** The champion before became the champion again. */
        ROLLED_BACK,
        /** Another alias was pointed to a version. */
        POINTED;

        /** The name in files: {@code rolled_back}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
