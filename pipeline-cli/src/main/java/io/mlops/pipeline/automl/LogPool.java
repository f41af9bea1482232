package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.ensemble.Blend;
import java.util.Arrays;
import java.util.List;

/**
 * The softmax of a weighted sum of models' log-probabilities, no weight negative, with the least log loss; by Newton's
 * method, each step a {@link QuadraticProgram}. A step reads the predictions once for each pair of models; a few steps are
 * usual.
 */
final class LogPool {
    private static final int MOST_STEPS = 50;
    private static final int MOST_HALVINGS = 20;
    private static final double ENOUGH = 1e-9;

    /** Draws intercepts to 0, since adding the same number to all changes nothing. */
    private static final double INTERCEPT_RIDGE = 1e-6;

    /** Model, then row by row the logarithm for each class. */
    private final double[][] logs;

    private final int[] truth;
    private final int classes;
    private final int models;

    LogPool(List<double[]> outputs, double[] truth, int classes) {
        this.logs = outputs.stream()
                .map(each -> Arrays.stream(each).map(Blend::logarithm).toArray())
                .toArray(double[][]::new);
        this.truth = Arrays.stream(truth).mapToInt(each -> (int) each).toArray();
        this.classes = classes;
        this.models = outputs.size();
    }

    Stacking fit() {
        // First the weights, then the intercepts.
        double[] place = new double[models + classes];
        Arrays.fill(place, 0, models, 1.0 / models);
        double loss = loss(place);
        boolean falls = true;
        for (int step = 0; step < MOST_STEPS && falls; step++) {
            Derivatives at = derivatives(place);
            double[] to = QuadraticProgram.minimise(at.curvature(), at.slope(), place, models);
            falls = false;
            for (int halving = 0; halving < MOST_HALVINGS && !falls; halving++) {
                double share = 1.0 / (1 << halving);
                double[] tried = new double[place.length];
                for (int i = 0; i < place.length; i++) {
                    tried[i] = place[i] + share * (to[i] - place[i]);
                }
                double there = loss(tried);
                if (there < loss - ENOUGH) {
                    place = tried;
                    loss = there;
                    falls = true;
                }
            }
        }
        return new Stacking(
                Arrays.copyOf(place, models),
                new Blend(Blend.Kind.LOG, Arrays.copyOfRange(place, models, place.length)));
    }

    private double loss(double[] place) {
        double sum = 0;
        double[] shares = new double[classes];
        for (int row = 0; row < truth.length; row++) {
            shares(place, row, shares);
            sum -= Math.log(Math.max(Double.MIN_NORMAL, shares[truth[row]]));
        }
        double loss = sum / truth.length;
        for (int i = 0; i < place.length; i++) {
            loss += ridge(i) / 2 * (place[i] - centre(i)) * (place[i] - centre(i));
        }
        return loss;
    }

    private record Derivatives(double[] slope, double[][] curvature) {}

    private Derivatives derivatives(double[] place) {
        int size = place.length;
        double[] slope = new double[size];
        double[][] curvature = new double[size][size];
        double[] shares = new double[classes];
        double[] means = new double[models];
        for (int row = 0; row < truth.length; row++) {
            shares(place, row, shares);
            int from = row * classes;
            for (int a = 0; a < models; a++) {
                means[a] = 0;
                for (int k = 0; k < classes; k++) {
                    means[a] += shares[k] * logs[a][from + k];
                }
                slope[a] += means[a] - logs[a][from + truth[row]];
            }
            for (int k = 0; k < classes; k++) {
                int intercept = models + k;
                slope[intercept] += shares[k] - (k == truth[row] ? 1 : 0);
                // Without what two classes have to do with each other: never too little, and nearly all of it.
                curvature[intercept][intercept] += shares[k];
                for (int a = 0; a < models; a++) {
                    double apart = shares[k] * (logs[a][from + k] - means[a]);
                    curvature[a][intercept] += apart;
                    for (int b = 0; b <= a; b++) {
                        curvature[a][b] += apart * logs[b][from + k];
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            slope[i] = slope[i] / truth.length + ridge(i) * (place[i] - centre(i));
            for (int j = 0; j < size; j++) {
                curvature[i][j] /= truth.length;
            }
            curvature[i][i] += ridge(i);
        }
        for (int a = 0; a < models; a++) {
            for (int other = 0; other < size; other++) {
                if (other < a || other >= models) {
                    curvature[other][a] = curvature[a][other];
                }
            }
        }
        return new Derivatives(slope, curvature);
    }

    private void shares(double[] place, int row, double[] shares) {
        System.arraycopy(place, models, shares, 0, classes);
        for (int a = 0; a < models; a++) {
            for (int k = 0; k < classes; k++) {
                shares[k] += place[a] * logs[a][row * classes + k];
            }
        }
        Blend.softmax(shares, 0, classes);
    }

    private double ridge(int variable) {
        return variable < models ? Stacking.RIDGE : INTERCEPT_RIDGE;
    }

    private double centre(int variable) {
        return variable < models ? 1.0 / models : 0;
    }
}
