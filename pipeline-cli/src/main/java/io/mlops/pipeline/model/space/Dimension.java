package io.mlops.pipeline.model.space;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hyperparameter of a {@link Space}. A value is a {@code Double}, an {@code Integer} or, of a {@link Choice}, a
 * {@code String}; a number has a place between 0 and 1, by its logarithm where the scale is that.
 */
public sealed interface Dimension {
    /** The key of the hyperparameter. */
    String name();

    /** When it matters; null for always. */
    @Nullable Condition condition();

    /** The same, that matters only under a condition. */
    Dimension when(@Nullable Condition other);

    /** The same, that matters always. */
    default Dimension always() {
        return when(null);
    }

    /**
     * Values of an earlier choice.
     *
     * @param dimension its name
     */
    record Condition(String dimension, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }

        boolean holds(Map<String, Object> point) {
            Object value = point.get(dimension);
            return value != null && values.contains(value.toString());
        }
    }

    /** A number: real, or whole. */
    sealed interface Numeric extends Dimension {
        double low();

        double high();

        boolean log();

        /** The value at a place. */
        Object at(double place);

        /** The place of a number; below 0 or above 1 where it is out of range. */
        double place(double value);

        /** The least place that leads to a value; for a real number its own place. */
        default double from(double value) {
            return place(value);
        }

        /** The greatest place that leads to a value; for a real number its own place. */
        default double to(double value) {
            return place(value);
        }
    }

    /** A real number from a low to a high bound, both included. */
    record Real(
            String name,
            double low,
            double high,
            boolean log,
            @Nullable Condition condition) implements Numeric {
        public Real {
            Scale.check(name, low, high, log);
        }

        @Override
        public Object at(double place) {
            return Math.max(low, Math.min(high, Scale.at(low, high, log, place)));
        }

        @Override
        public double place(double value) {
            return Scale.place(low, high, log, value);
        }

        @Override
        public Dimension when(@Nullable Condition other) {
            return new Real(name, low, high, log, other);
        }
    }

    /** A whole number from a low to a high bound, both included; each has an equal share of the scale around it. */
    record Whole(
            String name,
            double low,
            double high,
            boolean log,
            @Nullable Condition condition) implements Numeric {
        public Whole {
            Scale.check(name, low, high, log);
            if (low != Math.rint(low) || high != Math.rint(high)) {
                throw new IllegalArgumentException(name + ": " + low + " to " + high + " are no whole numbers");
            }
        }

        @Override
        public Object at(double place) {
            return (int) Math.max(low, Math.min(high, Math.rint(Scale.at(low - 0.5, high + 0.5, log, place))));
        }

        @Override
        public double place(double value) {
            return Scale.place(low - 0.5, high + 0.5, log, value);
        }

        @Override
        public double from(double value) {
            return place(value - 0.5);
        }

        @Override
        public double to(double value) {
            return place(value + 0.5);
        }

        @Override
        public Dimension when(@Nullable Condition other) {
            return new Whole(name, low, high, log, other);
        }
    }

    /** One of several words. */
    record Choice(
            String name, List<String> choices, @Nullable Condition condition) implements Dimension {
        public Choice {
            choices = List.copyOf(choices);
            if (choices.isEmpty()) {
                throw new IllegalArgumentException(name + ": no choices");
            }
        }

        @Override
        public Dimension when(@Nullable Condition other) {
            return new Choice(name, choices, other);
        }
    }
}
