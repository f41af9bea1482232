package io.mlops.pipeline.data.store;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.columns.Column;

/** Whole numbers of 64 bits, never missing. */
record LongCodec(String name) implements ColumnCodec {
    @Override
    public Field field() {
        return Field.notNullable(name, new ArrowType.Int(64, true));
    }

    @Override
    public void write(Column<?> column, FieldVector vector) {
        long[] values = ((LongColumn) column).asLongArray();
        BigIntVector numbers = (BigIntVector) vector;
        numbers.allocateNew(values.length);
        Validity.values(numbers, values.length).asLongBuffer().put(values);
        numbers.getValidityBuffer().setBytes(0, Validity.all(values.length));
        numbers.setValueCount(values.length);
    }

    @Override
    public Column<?> read(FieldVector vector, int rows) {
        long[] values = new long[rows];
        Validity.values((BigIntVector) vector, rows).asLongBuffer().get(values);
        return LongColumn.create(name, values);
    }
}
