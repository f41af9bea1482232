package io.mlops.pipeline.automl;

/** The least value of a convex quadratic function whose first variables may not be negative, by coordinate descent. */
final class QuadraticProgram {
    private static final int MOST_SWEEPS = 1000;
    private static final double ENOUGH = 1e-10;

    private QuadraticProgram() {}

    /**
     * The place of the least value; a sweep takes as many steps as there are pairs of variables.
     *
     * @param curvature the second derivatives; positive on the diagonal
     * @param slope the first derivatives at the start
     * @param bounded how many of the variables may not be negative
     */
    static double[] minimise(double[][] curvature, double[] slope, double[] start, int bounded) {
        double[] place = start.clone();
        double[] here = slope.clone();
        double moved = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < MOST_SWEEPS && moved > ENOUGH; sweep++) {
            moved = 0;
            for (int i = 0; i < place.length; i++) {
                double to = place[i] - here[i] / curvature[i][i];
                double step = (i < bounded ? Math.max(0, to) : to) - place[i];
                if (step != 0) {
                    place[i] += step;
                    for (int j = 0; j < here.length; j++) {
                        here[j] += step * curvature[i][j];
                    }
                    moved = Math.max(moved, Math.abs(step));
                }
            }
        }
        return place;
    }
}
