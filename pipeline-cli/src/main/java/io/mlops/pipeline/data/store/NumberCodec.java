package io.mlops.pipeline.data.store;

import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** Numbers; where one is missing the value under the null is NaN, so that reading copies the values and nothing else. */
record NumberCodec(String name) implements ColumnCodec {
    @Override
    public Field field() {
        return Field.nullable(name, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
    }

    @Override
    public void write(Column<?> column, FieldVector vector) {
        double[] values = ((DoubleColumn) column).asDoubleArray();
        byte[] valid = Validity.all(values.length);
        for (int row = 0; row < values.length; row++) {
            if (Double.isNaN(values[row])) {
                values[row] = Double.NaN;
                Validity.clear(valid, row);
            }
        }
        Float8Vector numbers = (Float8Vector) vector;
        numbers.allocateNew(values.length);
        Validity.values(numbers, values.length).asDoubleBuffer().put(values);
        numbers.getValidityBuffer().setBytes(0, valid);
        numbers.setValueCount(values.length);
    }

    @Override
    public Column<?> read(FieldVector vector, int rows) {
        double[] values = new double[rows];
        Validity.values((Float8Vector) vector, rows).asDoubleBuffer().get(values);
        return DoubleColumn.create(name, values);
    }
}
