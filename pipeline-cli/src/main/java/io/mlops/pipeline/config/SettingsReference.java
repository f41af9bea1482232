package io.mlops.pipeline.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.settings.Setting;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every key of a settings record with its type, default and meaning: as a table for people, as JSON Schema for editors. */
public final class SettingsReference {
    private SettingsReference() {}

    /** A Markdown table of all keys. */
    public static String markdown(Record defaults) {
        StringBuilder table = new StringBuilder("| key | type | default | meaning |\n|---|---|---|---|\n");
        rows(defaults, "", table);
        return table.toString();
    }

    private static void rows(Record defaults, String path, StringBuilder table) {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            String key = path + Names.key(component.getName());
            Object value = SettingsBinder.read(component, defaults);
            Class<?> element = element(component.getGenericType());
            if (component.getType().isRecord()) {
                rows(value == null ? SettingsBinder.defaultsOf(component.getType()) : (Record) value, key + ".", table);
                continue;
            }
            table.append("| `")
                    .append(key)
                    .append("` | ")
                    .append(type(component).replace("|", "\\|"))
                    .append(" | ")
                    .append(written(value))
                    .append(" | ")
                    .append(setting(component).value().replace("|", "\\|"))
                    .append(" |\n");
            if (element != null && element.isRecord()) {
                String inside = component.getType() == List.class ? "[]." : ".<name>.";
                rows(SettingsBinder.defaultsOf(element), key + inside, table);
            }
        }
    }

    /** The JSON Schema (2020-12) of a yaml file that a settings record is read from. */
    public static ObjectNode jsonSchema(Record defaults, String title) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        schema.setAll(objectSchema(defaults));
        return schema;
    }

    private static ObjectNode objectSchema(Record defaults) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            ObjectNode property =
                    valueSchema(component.getGenericType(), component, SettingsBinder.read(component, defaults));
            property.put("description", setting(component).value());
            properties.set(Names.key(component.getName()), property);
        }
        return schema;
    }

    private static ObjectNode valueSchema(Type type, RecordComponent component, @Nullable Object value) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                ObjectNode item = valueSchema(arguments[0], component, null);
                ObjectNode list = JsonNodeFactory.instance.objectNode();
                list.put("type", "array").set("items", item);
                schema.putArray("anyOf").add(list).add(item.deepCopy());
            } else {
                schema.put("type", "object").set("additionalProperties", valueSchema(arguments[1], component, null));
            }
            return schema;
        }
        Class<?> plain = (Class<?>) type;
        Setting setting = setting(component);
        if (plain.isRecord()) {
            return objectSchema(value == null ? SettingsBinder.defaultsOf(plain) : (Record) value);
        } else if (plain.isEnum()) {
            words(schema, enumWords(plain));
        } else if (plain == boolean.class || plain == Boolean.class) {
            schema.put("type", "boolean");
        } else if (plain == String.class) {
            // A label such as 1 or true is written without quotes as often as with them.
            schema.putArray("type").add("string").add("number").add("boolean");
            if (setting.choices().length > 0) {
                words(schema, List.of(setting.choices()));
            }
        } else {
            schema.put("type", plain == double.class || plain == Double.class ? "number" : "integer");
            if (Double.isFinite(setting.min())) {
                schema.put("minimum", setting.min());
            }
            if (Double.isFinite(setting.max())) {
                schema.put("maximum", setting.max());
            }
        }
        return schema;
    }

    private static void words(ObjectNode schema, List<String> words) {
        schema.remove("type");
        words.forEach(schema.withArray("enum")::add);
    }

    private static String type(RecordComponent component) {
        Setting setting = setting(component);
        String word = word(component.getGenericType(), setting);
        if (Double.isFinite(setting.min()) || Double.isFinite(setting.max())) {
            word += ", "
                    + (Double.isFinite(setting.min()) ? "from " + SettingsBinder.plain(setting.min()) + " " : "")
                    + (Double.isFinite(setting.max()) ? "to " + SettingsBinder.plain(setting.max()) : "");
        }
        return word.strip();
    }

    private static String word(Type any, Setting setting) {
        if (any instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return (generic.getRawType() == List.class ? "list of " : "map to ")
                    + word(arguments[arguments.length - 1], setting);
        }
        Class<?> type = (Class<?>) any;
        if (type.isEnum()) {
            return enumWords(type).stream().collect(Collectors.joining("`, `", "`", "`"));
        } else if (setting.choices().length > 0) {
            return Arrays.stream(setting.choices()).collect(Collectors.joining("`, `", "`", "`"));
        } else if (type.isRecord()) {
            return "keys below";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "text";
        }
        return type == double.class || type == Double.class ? "number" : "whole number";
    }

    private static List<String> enumWords(Class<?> type) {
        List<String> words = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            words.add(Names.word((Enum<?>) constant));
        }
        return words;
    }

    /** What a list or a map holds in the end; null for anything else. */
    private static @Nullable Class<?> element(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Type last = arguments[arguments.length - 1];
            return last instanceof Class<?> plain ? plain : element(last);
        }
        return null;
    }

    private static String written(@Nullable Object value) {
        if (value == null) {
            return "";
        } else if (value instanceof Enum<?> constant) {
            return "`" + Names.word(constant) + "`";
        } else if (value instanceof Double number) {
            return "`" + SettingsBinder.plain(number) + "`";
        } else if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? "none"
                    : list.stream().map(Object::toString).collect(Collectors.joining("`, `", "`", "`"));
        } else if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "none" : "`" + map + "`";
        }
        return "`" + value + "`";
    }

    private static Setting setting(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(
                    component.getDeclaringRecord() + "." + component.getName() + " has no @Setting");
        }
        return setting;
    }
}
