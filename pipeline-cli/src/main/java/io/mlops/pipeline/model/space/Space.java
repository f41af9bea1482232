package io.mlops.pipeline.model.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hyperparameters that are searched, in an order in which what decides over another comes first. A point of it is a
 * value for each dimension that matters there.
 */
public record Space(List<Dimension> dimensions) {
    public Space {
        dimensions = List.copyOf(dimensions);
        Set<String> names = new HashSet<>();
        for (Dimension dimension : dimensions) {
            Dimension.Condition condition = dimension.condition();
            if (condition != null && !names.contains(condition.dimension())) {
                throw new IllegalArgumentException(
                        dimension.name() + " depends on " + condition.dimension() + ", which does not come before it");
            }
            if (!names.add(dimension.name())) {
                throw new IllegalArgumentException("two dimensions are called " + dimension.name());
            }
        }
    }

    /** A space without dimensions. */
    public static Space empty() {
        return new Space(List.of());
    }

    public static Builder builder() {
        return new Builder();
    }

    public boolean isEmpty() {
        return dimensions.isEmpty();
    }

    /** The dimension of a name; null where there is none. */
    public @Nullable Dimension find(String name) {
        for (Dimension dimension : dimensions) {
            if (dimension.name().equals(name)) {
                return dimension;
            }
        }
        return null;
    }

    /** Whether a dimension matters at a point that has a value for all before it. */
    public static boolean matters(Dimension dimension, Map<String, Object> point) {
        Dimension.Condition condition = dimension.condition();
        return condition == null || condition.holds(point);
    }

    /** The part of some values that is a point of this space: of its dimensions, those that matter there. */
    public Map<String, Object> point(Map<String, ?> values) {
        Map<String, Object> point = new LinkedHashMap<>();
        for (Dimension dimension : dimensions) {
            Object value = values.get(dimension.name());
            if (value != null && matters(dimension, point)) {
                point.put(dimension.name(), value);
            }
        }
        return point;
    }

    /** Adds dimensions one after the other. */
    public static final class Builder {
        private final List<Dimension> dimensions = new ArrayList<>();

        /** A real number. */
        public Builder real(String name, double low, double high) {
            return add(new Dimension.Real(name, low, high, false, null));
        }

        /** A real number by its logarithm. */
        public Builder log(String name, double low, double high) {
            return add(new Dimension.Real(name, low, high, true, null));
        }

        /** A whole number. */
        public Builder whole(String name, int low, int high) {
            return add(new Dimension.Whole(name, low, high, false, null));
        }

        /** A whole number by its logarithm. */
        public Builder wholeLog(String name, int low, int high) {
            return add(new Dimension.Whole(name, low, high, true, null));
        }

        /** One of several words. */
        public Builder choice(String name, String... choices) {
            return add(new Dimension.Choice(name, List.of(choices), null));
        }

        /** Makes the dimension added last matter only where an earlier choice has one of these values. */
        public Builder when(String dimension, String... values) {
            Dimension last = dimensions.remove(dimensions.size() - 1);
            return add(last.when(new Dimension.Condition(dimension, List.of(values))));
        }

        public Builder add(Dimension dimension) {
            dimensions.add(dimension);
            return this;
        }

        public Space build() {
            return new Space(dimensions);
        }
    }
}
