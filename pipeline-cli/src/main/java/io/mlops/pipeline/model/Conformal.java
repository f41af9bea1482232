package io.mlops.pipeline.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.mlops.pipeline.PipelineException;
import java.util.List;
import java.util.Locale;

/**
 * How far off a model was on rows that it had not seen, from which intervals and sets with a promised coverage follow (Vovk
 * et al. 2005): a further row like those lies within with at least the level as its chance.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Conformal.None.class, name = "none"),
    @JsonSubTypes.Type(value = Conformal.Intervals.class, name = "intervals"),
    @JsonSubTypes.Type(value = Conformal.Sets.class, name = "sets")
})
public sealed interface Conformal {
    /** How far a level may be off by rounding. */
    double ROUNDING = 1e-9;

    /** Which rows were held out, or why there is nothing. */
    String source();

    /** The highest level that so many rows allow; 0 where there is none. */
    double highest();

    /** Whether there is a region of a level. */
    default boolean allows(double level) {
        return level > 0 && level < 1 && level <= highest() + ROUNDING;
    }

    /**
     * The region of a level.
     *
     * @throws PipelineException where the level is no share, or higher than the rows allow
     */
    Region at(double level);

    /** Nothing is known of the errors. */
    record None(String source) implements Conformal {
        @Override
        public double highest() {
            return 0;
        }

        @Override
        public Region at(double level) {
            throw PipelineException.usage("the model has no intervals: " + source);
        }
    }

    /**
     * The errors of a regression, apart for each range of predicted numbers (Mondrian), so that noise may differ with the
     * level of what is predicted.
     *
     * @param edges between the ranges, ascending
     * @param errors the true value less the predicted one, for each range
     */
    record Intervals(double[] edges, List<ScoreQuantiles> errors, String source) implements Conformal {
        public Intervals {
            errors = List.copyOf(errors);
            if (errors.size() != edges.length + 1) {
                throw new IllegalArgumentException(
                        edges.length + " edges do not part " + errors.size() + " ranges of predicted numbers");
            }
            for (int i = 0; i < edges.length; i++) {
                if (!Double.isFinite(edges[i]) || (i > 0 && edges[i] <= edges[i - 1])) {
                    throw new IllegalArgumentException("the edges do not ascend");
                }
            }
        }

        @Override
        public double highest() {
            // Half of what lies outside is on each side.
            return 2 * least(errors) - 1;
        }

        @Override
        public Region.Interval at(double level) {
            require(level, this);
            double side = (1 + level) / 2;
            return new Region.Interval(
                    edges,
                    errors.stream().mapToDouble(each -> each.lower(side)).toArray(),
                    errors.stream().mapToDouble(each -> each.upper(side)).toArray());
        }
    }

    /**
     * How improbable true classes were.
     *
     * @param improbable 1 less the probability of the true class, for each class, or once for all of them together
     * @param classes how many classes there are
     */
    record Sets(List<ScoreQuantiles> improbable, int classes, String source) implements Conformal {
        public Sets {
            improbable = List.copyOf(improbable);
            if (improbable.isEmpty() || (improbable.size() > 1 && improbable.size() != classes)) {
                throw new IllegalArgumentException(
                        "there are scores for " + improbable.size() + " of " + classes + " classes");
            }
        }

        @Override
        public double highest() {
            return least(improbable);
        }

        @Override
        public Region.ClassSet at(double level) {
            require(level, this);
            double[] most = new double[classes];
            for (int index = 0; index < classes; index++) {
                most[index] = improbable.get(improbable.size() == 1 ? 0 : index).upper(level);
            }
            return new Region.ClassSet(most);
        }
    }

    private static double least(List<ScoreQuantiles> errors) {
        return errors.stream().mapToDouble(ScoreQuantiles::highest).min().orElse(0);
    }

    private static void require(double level, Conformal conformal) {
        if (!(level > 0 && level < 1)) {
            throw PipelineException.usage(
                    "the level " + level + " of intervals: give a share between 0 and 1, such as 0.9");
        }
        if (!conformal.allows(level)) {
            throw PipelineException.usage(String.format(
                    Locale.ROOT,
                    "the level %s of intervals is too high for the rows that were held out in training, which allow at"
                            + " most %.4f; give a lower one, or train on more rows",
                    level,
                    Math.floor((conformal.highest() + ROUNDING) * 10_000) / 10_000));
        }
    }
}
