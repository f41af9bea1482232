package io.mlops.pipeline.features.step;

import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/**
 * How far a number is from the mean of its category, see {@link GroupMean}: the first column holds the numbers, the second
 * the categories.
 */
public record GroupDifference(Vocabulary levels, double[] means, double missing, double other) implements Join {
    public GroupDifference {
        if (means.length != levels.size()) {
            throw new IllegalArgumentException("group_difference has numbers of different length");
        }
    }

    /** The distance from these means. */
    public static GroupDifference from(GroupMean mean) {
        return new GroupDifference(mean.levels(), mean.means(), mean.missing(), mean.other());
    }

    @Override
    public String name(String first, String second) {
        return first + " − mean by " + second;
    }

    @Override
    public Column<?> of(Column<?> first, Column<?> second) {
        DoubleColumn numbers = AsNumber.numbers(first);
        double[] differences = new double[numbers.size()];
        new GroupMean("", levels, means, missing, other).on(second).encode(0, differences.length, differences);
        for (int row = 0; row < differences.length; row++) {
            differences[row] = numbers.getDouble(row) - differences[row];
        }
        return DoubleColumn.create(name(first.name(), second.name()), differences);
    }
}
