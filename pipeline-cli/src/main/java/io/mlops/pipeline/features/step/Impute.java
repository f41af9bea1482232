package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * Puts a number where one is missing.
 *
 * @param values the number for each output of the encoding
 */
public record Impute(List<Double> values) implements Refinement {
    public Impute {
        values = List.copyOf(values);
    }

    @Override
    public int width() {
        return values.size();
    }

    @Override
    public void refine(double[] numbers, int rows) {
        int width = values.size();
        for (int output = 0; output < width; output++) {
            double value = values.get(output);
            for (int i = output; i < rows * width; i += width) {
                if (Double.isNaN(numbers[i])) {
                    numbers[i] = value;
                }
            }
        }
    }
}
