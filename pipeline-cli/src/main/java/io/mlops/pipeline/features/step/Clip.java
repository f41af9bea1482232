package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * Moves outliers to the nearest bound.
 *
 * @param lower the smallest number of each output of the encoding
 * @param upper the largest number of each output of the encoding
 */
public record Clip(List<Double> lower, List<Double> upper) implements Refinement {
    public Clip {
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
        if (lower.size() != upper.size()) {
            throw new IllegalArgumentException("clip has bounds of different length");
        }
    }

    @Override
    public int width() {
        return lower.size();
    }

    @Override
    public void refine(double[] numbers, int rows) {
        int width = lower.size();
        for (int output = 0; output < width; output++) {
            double low = lower.get(output);
            double high = upper.get(output);
            for (int i = output; i < rows * width; i += width) {
                // NaN stays NaN: both comparisons fail.
                if (numbers[i] < low) {
                    numbers[i] = low;
                } else if (numbers[i] > high) {
                    numbers[i] = high;
                }
            }
        }
    }
}
