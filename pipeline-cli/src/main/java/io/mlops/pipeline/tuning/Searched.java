package io.mlops.pipeline.tuning;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.settings.Setting;
import io.mlops.pipeline.tuning.TuneSettings.DimensionSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is searched: a family's space with the user's own ranges in the place of its own.
 *
 * @param fixed hyperparameters that the user has set to one value
 * @param ranged those to which the user has given a range
 */
public record Searched(Space space, Map<String, Object> fixed, Set<String> ranged) {
    private static final SnakeCaseStrategy KEYS = new SnakeCaseStrategy();

    /**
     * Lays the user's ranges over a family's.
     *
     * @param parameters the family's hyperparameters, which say what each may be
     * @throws PipelineException that names the key which does not fit
     */
    public static Searched of(Space own, Record parameters, Map<String, DimensionSettings> ranges) {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        for (RecordComponent component : parameters.getClass().getRecordComponents()) {
            components.put(KEYS.translate(component.getName()), component);
        }
        Map<String, Object> fixed = new LinkedHashMap<>();
        Map<String, Dimension> changed = new LinkedHashMap<>();
        ranges.forEach((name, range) -> {
            RecordComponent component = components.get(name);
            if (component == null) {
                throw refused(
                        name, "there is no such hyperparameter; there are " + String.join(", ", components.keySet()));
            }
            Range each = new Range(name, component, range);
            if (range.value() != null) {
                fixed.put(name, each.fixed(parameters, range.value()));
            } else {
                changed.put(name, each.dimension(own.find(name)));
            }
        });
        List<Dimension> dimensions = new ArrayList<>();
        for (Dimension dimension : own.dimensions()) {
            if (!fixed.containsKey(dimension.name())) {
                Dimension mine = changed.remove(dimension.name());
                addUnlessImpossible(dimensions, mine == null ? dimension : mine, fixed);
            }
        }
        dimensions.addAll(changed.values());
        return new Searched(new Space(dimensions), Map.copyOf(fixed), Set.copyOf(ranges.keySet()));
    }

    /** The point of the space that has these values, moved into the user's own ranges. */
    public Map<String, Object> point(Map<String, ?> values) {
        Map<String, Object> moved = new LinkedHashMap<>(values);
        for (Dimension dimension : space.dimensions()) {
            if (ranged.contains(dimension.name())) {
                moved.computeIfPresent(dimension.name(), (name, value) -> moved(dimension, value));
            }
        }
        return space.point(moved);
    }

    private static Object moved(Dimension dimension, Object value) {
        if (dimension instanceof Dimension.Numeric numeric) {
            double number = ((Number) value).doubleValue();
            return number < numeric.low() ? numeric.at(0) : number > numeric.high() ? numeric.at(1) : value;
        }
        List<String> choices = ((Dimension.Choice) dimension).choices();
        return choices.contains(value) ? value : choices.get(0);
    }

    /** A condition on what the user has set holds always, or never. */
    private static void addUnlessImpossible(
            List<Dimension> dimensions, Dimension dimension, Map<String, Object> fixed) {
        Dimension.Condition condition = dimension.condition();
        Object decided = condition == null ? null : fixed.get(condition.dimension());
        if (condition == null || decided == null) {
            dimensions.add(dimension);
        } else if (condition.values().contains(decided.toString())) {
            dimensions.add(dimension.always());
        }
    }

    private static PipelineException refused(String name, String why) {
        return PipelineException.usage("tune.space." + name + ": " + why);
    }

    /** One hyperparameter as the user wants it. */
    private record Range(String name, RecordComponent component, DimensionSettings range) {
        Object fixed(Record parameters, String value) {
            try {
                String word = value.strip().toLowerCase(Locale.ROOT);
                Object read = Overlay.values(Overlay.on(parameters, Map.of(name, word)))
                        .get(name);
                if (read instanceof Number number) {
                    bounded(number.doubleValue());
                }
                return read == null ? word : read;
            } catch (IllegalArgumentException e) {
                throw refused(name, "'" + value + "' is no value of it");
            }
        }

        Dimension dimension(@Nullable Dimension own) {
            if (component.getType() == boolean.class) {
                throw refused(name, "give value, true or false");
            }
            Dimension dimension = component.getType().isEnum() ? words() : numbers(own);
            Dimension.Condition condition = own == null ? null : own.condition();
            return condition == null ? dimension : dimension.when(condition);
        }

        private Dimension words() {
            List<String> known = new ArrayList<>();
            for (Object constant : component.getType().getEnumConstants()) {
                known.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
            }
            if (range.choices().isEmpty()) {
                throw refused(name, "give choices, of " + String.join(", ", known));
            }
            for (String choice : range.choices()) {
                if (!known.contains(choice)) {
                    throw refused(name, "'" + choice + "' is not one of " + String.join(", ", known));
                }
            }
            return new Dimension.Choice(name, range.choices(), null);
        }

        private Dimension numbers(@Nullable Dimension own) {
            Dimension.Numeric usual = own instanceof Dimension.Numeric numeric ? numeric : null;
            Double low = range.low() != null || usual == null ? range.low() : Double.valueOf(usual.low());
            Double high = range.high() != null || usual == null ? range.high() : Double.valueOf(usual.high());
            if (low == null || high == null || !range.choices().isEmpty()) {
                throw refused(name, "give low and high, or value");
            }
            boolean log = range.log() != null ? range.log() : usual != null && usual.log() && low > 0;
            bounded(low);
            bounded(high);
            try {
                return component.getType() == int.class
                        ? new Dimension.Whole(name, low, high, log, null)
                        : new Dimension.Real(name, low, high, log, null);
            } catch (IllegalArgumentException e) {
                throw PipelineException.usage("tune.space." + e.getMessage());
            }
        }

        private void bounded(double number) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null && !(number >= setting.min() && number <= setting.max())) {
                throw refused(name, number + " is not from " + setting.min() + " to " + setting.max());
            }
        }
    }
}
