package io.mlops.pipeline.tuning;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One point that was tried.
 *
 * @param number from 0 on
 * @param origin where the point comes from: {@code current}, {@code study of <date>}, or the sampler's name
 * @param steps what was measured, by the step's name, in their order
 * @param value the metric; what the last step gave where the trial was given up; null where it failed at once
 * @param reason why it failed
 */
public record Trial(
        int number,
        String origin,
        Map<String, Object> parameters,
        Status status,
        Map<String, Double> steps,
        @Nullable Double value,
        @Nullable String reason,
        String started,
        double seconds) {
    public Trial {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /** What became of it. */
    public enum Status {
        FINISHED,
        /** Given up, since its first impression was worse than that of others. */
        PRUNED,
        /** The time was over before all of it was measured. */
        CUT_SHORT,
        FAILED;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @JsonIgnore
    public boolean isFinished() {
        return status == Status.FINISHED;
    }
}
