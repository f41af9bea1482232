package io.mlops.pipeline.data.store;

import io.mlops.pipeline.data.ColumnType;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.columns.Column;

/** Carries one column of a chunk between Tablesaw and Arrow; a missing cell is null there. */
interface ColumnCodec {
    static ColumnCodec of(String name, ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER, BOOLEAN -> new NumberCodec(name);
            case CATEGORY, TEXT, IDENTIFIER -> new StringCodec(name);
            case DATETIME -> new DateTimeCodec(name);
        };
    }

    static ColumnCodec ofLongs(String name) {
        return new LongCodec(name);
    }

    static ColumnCodec of(Field field) {
        return switch (field.getType().getTypeID()) {
            case FloatingPoint -> new NumberCodec(field.getName());
            case Utf8 -> new StringCodec(field.getName());
            case Timestamp -> new DateTimeCodec(field.getName());
            case Int -> new LongCodec(field.getName());
            default -> throw new IllegalArgumentException("column '" + field.getName() + "' is " + field.getType());
        };
    }

    String name();

    Field field();

    void write(Column<?> column, FieldVector vector);

    Column<?> read(FieldVector vector, int rows);
}
