package io.mlops.pipeline.config;

import io.mlops.pipeline.settings.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills settings records from {@link Value}s; what is not given keeps its default. */
final class SettingsBinder {
    private final Problems problems;

    SettingsBinder(Problems problems) {
        this.problems = problems;
    }

    /**
     * The defaults with the given values laid over them; problems are collected, and the default stands in for a bad value.
     *
     * @param path the keys that lead here, for messages; empty at the top
     */
    <R extends Record> R bind(R defaults, Value.Mapping values, String path) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        List<String> known =
                Arrays.stream(components).map(each -> Names.key(each.getName())).toList();
        for (Map.Entry<String, Value> entry : values.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                String hint = Nearest.hint(entry.getKey(), known);
                problems.add(
                        entry.getValue().where(),
                        "unknown key '" + join(path, entry.getKey()) + "'"
                                + (hint.isEmpty() ? "; known here: " + String.join(", ", known) : hint));
            }
        }
        @Nullable Object[] arguments = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            types[i] = component.getType();
            Object fallback = read(component, defaults);
            Value value = values.entries().get(known.get(i));
            arguments[i] = value == null
                    ? fallback
                    : convert(value, component.getGenericType(), fallback, component, join(path, known.get(i)));
        }
        return construct(defaults, types, arguments, values.where(), path);
    }

    @SuppressWarnings("unchecked")
    private <R extends Record> R construct(
            R defaults, Class<?>[] types, @Nullable Object[] arguments, String where, String path) {
        try {
            var constructor =
                    (java.lang.reflect.Constructor<R>) defaults.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            String message =
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            problems.add(where, (path.isEmpty() ? "" : path + ": ") + message);
            return defaults;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + defaults.getClass(), e);
        }
    }

    private @Nullable Object convert(
            Value value, Type type, @Nullable Object fallback, RecordComponent component, String path) {
        if (value instanceof Value.Scalar scalar && scalar.text() == null) {
            return fallback;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(value, arguments[0], component, path)
                    : map(value, arguments[1], component, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            if (!(value instanceof Value.Mapping mapping)) {
                problems.add(value.where(), path + ": expected keys and values");
                return fallback;
            }
            return bind(fallback == null ? defaultsOf(plain) : (Record) fallback, mapping, path);
        }
        if (!(value instanceof Value.Scalar scalar) || scalar.text() == null) {
            problems.add(value.where(), path + ": expected a single value");
            return fallback;
        }
        Object converted = scalar(scalar.text(), plain);
        if (converted == null) {
            problems.add(scalar.where(), path + ": '" + scalar.text() + "' is not " + expectation(plain));
            return fallback;
        }
        return checked(converted, scalar, component, path) ? converted : fallback;
    }

    private List<Object> list(Value value, Type type, RecordComponent component, String path) {
        // A single value stands for a list of one, as in `id: customer`.
        List<Value> items = value instanceof Value.Sequence sequence ? sequence.items() : List.of(value);
        List<Object> converted = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Object item = convert(items.get(i), type, null, component, path + "[" + i + "]");
            if (item != null) {
                converted.add(item);
            }
        }
        return converted;
    }

    private Map<String, Object> map(Value value, Type type, RecordComponent component, String path) {
        Map<String, Object> converted = new LinkedHashMap<>();
        if (value instanceof Value.Mapping mapping) {
            mapping.entries().forEach((key, each) -> {
                Object item = convert(each, type, null, component, join(path, key));
                if (item != null) {
                    converted.put(key, item);
                }
            });
        } else {
            problems.add(value.where(), path + ": expected keys and values");
        }
        return converted;
    }

    private static @Nullable Object scalar(String text, Class<?> type) {
        String word = text.strip();
        try {
            if (type == String.class) {
                return text;
            } else if (type == boolean.class || type == Boolean.class) {
                return switch (word.toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> null;
                };
            } else if (type == int.class || type == Integer.class) {
                return Integer.valueOf(word.replace("_", ""));
            } else if (type == long.class || type == Long.class) {
                return Long.valueOf(word.replace("_", ""));
            } else if (type == double.class || type == Double.class) {
                double number = Double.parseDouble(word.replace("_", ""));
                return Double.isFinite(number) ? number : null;
            } else if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    if (Names.word((Enum<?>) constant).equals(word.toLowerCase(Locale.ROOT))) {
                        return constant;
                    }
                }
                return null;
            }
        } catch (NumberFormatException e) {
            return null;
        }
        throw new IllegalStateException("a setting cannot be a " + type);
    }

    private boolean checked(Object value, Value.Scalar written, RecordComponent component, String path) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            return true;
        }
        if (value instanceof Number number) {
            if (number.doubleValue() < setting.min()) {
                problems.add(
                        written.where(),
                        path + ": " + written.text() + " is below " + plain(setting.min()) + ", the smallest allowed");
                return false;
            }
            if (number.doubleValue() > setting.max()) {
                problems.add(
                        written.where(),
                        path + ": " + written.text() + " is above " + plain(setting.max()) + ", the largest allowed");
                return false;
            }
        }
        List<String> choices = List.of(setting.choices());
        if (value instanceof String word && !choices.isEmpty() && !choices.contains(word)) {
            problems.add(
                    written.where(),
                    path + ": '" + word + "' is not one of " + String.join(", ", choices)
                            + Nearest.hint(word, choices));
            return false;
        }
        return true;
    }

    private static String expectation(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            Arrays.stream(type.getEnumConstants())
                                    .map(each -> Names.word((Enum<?>) each))
                                    .toList());
        }
        return type == boolean.class || type == Boolean.class
                ? "true or false"
                : type == double.class || type == Double.class ? "a number" : "a whole number";
    }

    /** A bound as people write it: {@code 1}, not {@code 1.0}. */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static @Nullable Object read(RecordComponent component, Record settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    static Record defaultsOf(Class<?> type) {
        try {
            return (Record) type.getMethod("defaults").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " has no static defaults()", e);
        }
    }
}
