package io.mlops.pipeline.data.store;

import io.mlops.pipeline.data.DateTimes;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.columns.Column;

/** Points in time without a zone, to the millisecond. */
record DateTimeCodec(String name) implements ColumnCodec {
    @Override
    public Field field() {
        return Field.nullable(name, new ArrowType.Timestamp(TimeUnit.MILLISECOND, null));
    }

    @Override
    public void write(Column<?> column, FieldVector vector) {
        DateTimeColumn times = (DateTimeColumn) column;
        long[] values = new long[times.size()];
        byte[] valid = Validity.all(values.length);
        for (int row = 0; row < values.length; row++) {
            values[row] = DateTimes.unpack(times.getLongInternal(row));
            if (values[row] == DateTimes.MISSING) {
                Validity.clear(valid, row);
            }
        }
        TimeStampMilliVector stamps = (TimeStampMilliVector) vector;
        stamps.allocateNew(values.length);
        Validity.values(stamps, values.length).asLongBuffer().put(values);
        stamps.getValidityBuffer().setBytes(0, valid);
        stamps.setValueCount(values.length);
    }

    @Override
    public Column<?> read(FieldVector vector, int rows) {
        long[] values = new long[rows];
        Validity.values((TimeStampMilliVector) vector, rows).asLongBuffer().get(values);
        for (int row = 0; row < rows; row++) {
            values[row] = DateTimes.pack(values[row]);
        }
        return DateTimeColumn.createInternal(name, values);
    }
}
