package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * Moves and stretches numbers: {@code (number - center) / spread}.
 *
 * @param center what becomes 0, for each output of the encoding: mean or median
 * @param spread what becomes 1, for each output of the encoding: standard deviation or a share of the quartile range
 */
public record Rescale(List<Double> center, List<Double> spread) implements Refinement {
    public Rescale {
        center = List.copyOf(center);
        spread = List.copyOf(spread);
        if (center.size() != spread.size() || spread.stream().anyMatch(each -> !(each > 0))) {
            throw new IllegalArgumentException("scale needs one positive spread for each center");
        }
    }

    @Override
    public int width() {
        return center.size();
    }

    @Override
    public void refine(double[] numbers, int rows) {
        int width = center.size();
        for (int output = 0; output < width; output++) {
            double zero = center.get(output);
            double one = spread.get(output);
            for (int i = output; i < rows * width; i += width) {
                numbers[i] = (numbers[i] - zero) / one;
            }
        }
    }
}
