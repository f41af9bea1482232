package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * Whether a model may replace the champion.
 *
 * @param reason why, in words
 * @param gates what became of each condition that the configuration sets
 */
public record Verdict(Outcome outcome, String reason, List<Gate> gates) {
    public Verdict {
        gates = List.copyOf(gates);
    }

    /** The same verdict, with a further remark behind its reason. */
    public Verdict remarking(String remark) {
        return new Verdict(outcome, reason + "; " + remark, gates);
    }

    /** How a model did. */
    public enum Outcome {
        /** There is no champion to compare with. */
        FIRST,
        /** Better than the champion, by enough and surely enough. */
        BETTER,
        /** Not surely better than the champion. */
        NOT_BETTER,
        /** Surely worse than the champion. */
        WORSE,
        /** An absolute condition is not met. */
        REJECTED;

        /** The name in files: {@code not_better}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the model deserves to be the champion. */
        public boolean wins() {
            return this == FIRST || this == BETTER;
        }
    }

    /**
     * A condition and what became of it.
     *
     * @param condition in words: {@code auc at least 0.75}
     * @param finding what was found, in words: {@code auc is 0.712}
     */
    public record Gate(String condition, boolean passed, String finding) {}
}
