package io.mlops.pipeline.data;

import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What is to be predicted.
 *
 * @param column the name of the column
 * @param classes the labels, in the order of the probabilities; for {@link Task#BINARY} the negative one first, the
 *     positive one second; empty for {@link Task#REGRESSION}
 */
public record Target(String column, Task task, List<String> classes) {
    public Target {
        classes = List.copyOf(classes);
        boolean fits =
                switch (task) {
                    case BINARY -> classes.size() == 2;
                    case MULTICLASS -> classes.size() > 2;
                    case REGRESSION -> classes.isEmpty();
                };
        if (!fits) {
            throw new IllegalArgumentException("a " + task + " target cannot have the classes " + classes);
        }
    }

    /** How many numbers a model gives for one row: one probability per class, or one value. */
    public int outputs() {
        return Math.max(1, classes.size());
    }

    /** The label that counts as the event in a binary task. */
    public String positive() {
        return classes.get(1);
    }

    /** The target of each row: the index of its class, or its value. */
    public double[] values(Table rows) {
        if (task == Task.REGRESSION) {
            return ((DoubleColumn) ChunkColumns.named(rows, column)).asDoubleArray();
        }
        StringColumn labels = (StringColumn) ChunkColumns.named(rows, column);
        double[] values = new double[labels.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = classes.indexOf(labels.get(row));
            if (values[row] < 0) {
                throw new IllegalArgumentException("label '" + labels.get(row) + "' is not among " + classes);
            }
        }
        return values;
    }
}
