package io.mlops.pipeline.stage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import java.io.IOException;
import java.util.Locale;

/** Writes a choice as it stands in {@code pipeline.yaml}, unless it says itself how it is written. */
final class LowerCaseChoices extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSerializer<?> modifyEnumSerializer(
            SerializationConfig config, JavaType type, BeanDescription description, JsonSerializer<?> usual) {
        return new JsonSerializer<Enum<?>>() {
            @Override
            public void serialize(Enum<?> choice, JsonGenerator json, SerializerProvider provider) throws IOException {
                json.writeString(choice.name().toLowerCase(Locale.ROOT));
            }
        };
    }
}
