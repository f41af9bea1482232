package io.mlops.pipeline.features.step;

import com.fasterxml.jackson.annotation.JsonProperty;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** A number that two numbers give; missing where one of them is, and where it is divided by 0. */
public record Arithmetic(Operator operator) implements Join {
    /** What is done with the two numbers. */
    public enum Operator {
        @JsonProperty("difference")
        DIFFERENCE("−") {
            @Override
            public double of(double first, double second) {
                return first - second;
            }
        },
        @JsonProperty("ratio")
        RATIO("/") {
            @Override
            public double of(double first, double second) {
                return second == 0 ? Double.NaN : first / second;
            }
        },
        @JsonProperty("product")
        PRODUCT("·") {
            @Override
            public double of(double first, double second) {
                return first * second;
            }
        };

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** What it makes of two numbers. */
        public abstract double of(double first, double second);
    }

    @Override
    public String name(String first, String second) {
        return first + " " + operator.sign + " " + second;
    }

    @Override
    public Column<?> of(Column<?> first, Column<?> second) {
        DoubleColumn left = AsNumber.numbers(first);
        DoubleColumn right = AsNumber.numbers(second);
        double[] numbers = new double[left.size()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = operator.of(left.getDouble(row), right.getDouble(row));
        }
        return DoubleColumn.create(name(first.name(), second.name()), numbers);
    }
}
