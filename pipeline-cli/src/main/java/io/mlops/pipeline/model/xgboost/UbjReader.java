package io.mlops.pipeline.model.xgboost;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads universal binary JSON (ubjson.org, draft 12) as XGBoost writes it: objects as maps, arrays as lists, arrays of one
 * numeric type as {@code double[]}.
 */
final class UbjReader {
    private final ByteBuffer bytes;

    UbjReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    Map<String, @Nullable Object> readObject() {
        Object value = value(bytes.get());
        if (value instanceof Map<?, ?>) {
            @SuppressWarnings("unchecked")
            Map<String, @Nullable Object> object = (Map<String, @Nullable Object>) value;
            return object;
        }
        throw new IllegalStateException("this UBJ does not begin with an object");
    }

    private @Nullable Object value(byte type) {
        return switch (type) {
            case '{' -> object();
            case '[' -> array();
            case 'S' -> text();
            case 'T' -> true;
            case 'F' -> false;
            case 'Z' -> null;
            default -> number(type);
        };
    }

    private double number(byte type) {
        return switch (type) {
            case 'i' -> bytes.get();
            case 'U' -> bytes.get() & 0xFF;
            case 'I' -> bytes.getShort();
            case 'l' -> bytes.getInt();
            case 'L' -> bytes.getLong();
            case 'd' -> bytes.getFloat();
            case 'D' -> bytes.getDouble();
            default -> throw new IllegalStateException("this UBJ has the unknown type '" + (char) type + "'");
        };
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (bytes.get(bytes.position()) == '#') {
            bytes.get();
            long count = count();
            for (long i = 0; i < count; i++) {
                members.put(text(), value(bytes.get()));
            }
            return members;
        }
        while (bytes.get(bytes.position()) != '}') {
            members.put(text(), value(bytes.get()));
        }
        bytes.get();
        return members;
    }

    private Object array() {
        byte marker = bytes.get(bytes.position());
        if (marker == '$') {
            bytes.get();
            byte type = bytes.get();
            bytes.get();
            double[] numbers = new double[Math.toIntExact(count())];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = number(type);
            }
            return numbers;
        }
        List<@Nullable Object> items = new ArrayList<>();
        if (marker == '#') {
            bytes.get();
            long count = count();
            for (long i = 0; i < count; i++) {
                items.add(value(bytes.get()));
            }
            return items;
        }
        while (bytes.get(bytes.position()) != ']') {
            items.add(value(bytes.get()));
        }
        bytes.get();
        return items;
    }

    private String text() {
        byte[] text = new byte[Math.toIntExact(count())];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private long count() {
        return (long) number(bytes.get());
    }
}
