package io.mlops.pipeline.model;

import java.util.Arrays;

/**
 * What decisions cost, in any unit; right ones cost nothing.
 *
 * @param matrix by the index of the true class, then of the one that was decided on
 */
public record Costs(double[][] matrix) {
    public Costs {
        matrix = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        for (int truth = 0; truth < matrix.length; truth++) {
            if (matrix[truth].length != matrix.length) {
                throw new IllegalArgumentException("the costs are no square");
            }
            for (int decided = 0; decided < matrix.length; decided++) {
                double cost = matrix[truth][decided];
                if (!(cost >= 0 && Double.isFinite(cost)) || (truth == decided && cost != 0)) {
                    throw new IllegalArgumentException("a decision cannot cost " + cost);
                }
            }
        }
    }

    /** Of two classes. */
    public static Costs binary(double falsePositive, double falseNegative) {
        return new Costs(new double[][] {{0, falsePositive}, {falseNegative, 0}});
    }

    public double cost(int truth, int decided) {
        return matrix[truth][decided];
    }

    /** The probability of the second of two classes from which on it costs less to decide on it. */
    public double threshold() {
        double both = matrix[0][1] + matrix[1][0];
        return both > 0 ? matrix[0][1] / both : 0.5;
    }

    /** The index of the class that is expected to cost the least, the first of equals. */
    int cheapest(double[] outputs, int offset) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int decided = 0; decided < matrix.length; decided++) {
            double expected = 0;
            for (int truth = 0; truth < matrix.length; truth++) {
                expected += outputs[offset + truth] * matrix[truth][decided];
            }
            if (expected < least) {
                least = expected;
                best = decided;
            }
        }
        return best;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Costs costs && Arrays.deepEquals(matrix, costs.matrix);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(matrix);
    }
}
