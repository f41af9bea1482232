package io.mlops.pipeline.features;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.settings.Setting;
import org.jspecify.annotations.Nullable;

/** The {@code features.select} part of {@code pipeline.yaml}. */
public record SelectionSettings(
        @Setting("What decides which columns are learned from: none (all are), information (what they say of the target"
                + " and not of each other), permutation (what their loss costs), shadow (whether they beat shuffled"
                + " copies), gain (what a model uses on half after half of the rows), drift (those go that tell the newest"
                + " rows from the oldest).")
        Method method,

        @Setting("How information is weighed: mrmr, jmi or cmim.")
        Criterion criterion,

        @Setting(
                value =
                        "How many columns stay: below 1 a share, from 1 on a number. With information so many (0.5 where"
                                + " absent), with drift at least (0.5), else at most (any number).",
                min = 1e-6,
                max = 1e6)
        @Nullable Double keep,

        @Setting(
                value =
                        "How often permutation, shadow and gain look, at other rows each time; with drift the most columns"
                                + " that go.",
                min = 2,
                max = 1000)
        int rounds,

        @Setting(
                value = "With permutation and shadow, the share of the columns that stay which may do so by chance.",
                min = 1e-6,
                max = 0.5)
        double level,

        @Setting(value = "With gain, in which share of the rounds a column must be used.", min = 0.5, max = 1)
        double stability,

        @Setting(
                value = "With drift, how well the newest rows may be told from the oldest (area under the curve).",
                min = 0.5,
                max = 1)
        double maxAuc) {

    private static final double HALF = 0.5;

    /** Ways to select. */
    public enum Method {
        NONE,
        INFORMATION,
        PERMUTATION,
        SHADOW,
        GAIN,
        DRIFT
    }

    /**
     * How information is weighed: what a column adds to those chosen before it (Peng et al. 2005; Yang and Moody 1999;
     * Fleuret 2004).
     */
    public enum Criterion {
        MRMR,
        JMI,
        CMIM
    }

    public SelectionSettings {
        if (keep != null && keep >= 1 && keep != Math.rint(keep)) {
            throw new IllegalArgumentException(
                    "keep is " + keep + ", which is neither a share below 1 nor a whole number of columns");
        }
    }

    public static SelectionSettings defaults() {
        return new SelectionSettings(Method.NONE, Criterion.MRMR, null, 20, 0.05, 0.8, 0.75);
    }

    /** Whether columns are selected at all. */
    public boolean isOn() {
        return method != Method.NONE;
    }

    /** How many of some columns {@link #keep} stands for, at least one. */
    public int kept(int columns) {
        double chosen = keep != null ? keep : method == Method.INFORMATION || method == Method.DRIFT ? HALF : columns;
        return (int) Math.max(1, Math.min(columns, chosen < 1 ? Math.round(chosen * columns) : chosen));
    }

    /**
     * Refuses what a table cannot give.
     *
     * @throws PipelineException of kind USAGE
     */
    public void check(TableSchema schema) {
        if (!isOn()) {
            return;
        }
        int columns = schema.inputs().size();
        if (keep != null && keep > columns) {
            throw PipelineException.usage("features.select.keep: " + keep.intValue() + " columns cannot stay of "
                    + columns + "; give a smaller number, a share below 1, or none");
        }
        if (method == Method.DRIFT && schema.names(Role.TIME).isEmpty()) {
            throw PipelineException.usage(
                    "features.select.method: drift compares the newest rows with the oldest, but no"
                            + " column is named in data.time; name one, or choose another method");
        }
    }
}
