package io.mlops.pipeline.model.explain;

/**
 * The points and weights of Gauss and Legendre on the way from 0 to 1: exact for polynomials of a degree below twice the
 * number of points.
 */
record Quadrature(double[] points, double[] weights) {
    private static final int MOST_STEPS = 100;

    int size() {
        return points.length;
    }

    double point(int index) {
        return points[index];
    }

    double weight(int index) {
        return weights[index];
    }

    static Quadrature of(int count) {
        double[] points = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 0;
            for (int step = 0; step < MOST_STEPS; step++) {
                double before = 1;
                double value = x;
                for (int degree = 2; degree <= count; degree++) {
                    double next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree;
                    before = value;
                    value = next;
                }
                slope = count * (x * value - before) / (x * x - 1);
                double moved = value / slope;
                x -= moved;
                if (Math.abs(moved) < 1e-15) {
                    break;
                }
            }
            points[i] = (1 - x) / 2;
            weights[i] = 1 / ((1 - x * x) * slope * slope);
        }
        return new Quadrature(points, weights);
    }
}
