package io.mlops.pipeline.evaluation.calibration;

import io.mlops.pipeline.model.Calibration;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Fits each kind of calibration by least log loss; isotonic by least squares. */
final class Fits {
    private static final int MOST_STEPS = 100;

    private Fits() {}

    /** Newton's method on the log odds, the targets drawn in by one row of each class (Platt 1999, Lin et al. 2007). */
    static Calibration platt(HeldOutOutputs rows) {
        int n = rows.size();
        double[] x = new double[n];
        double positives = 0;
        for (int i = 0; i < n; i++) {
            x[i] = Calibration.logit(rows.positive(i));
            positives += rows.truth()[i];
        }
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (n - positives + 2);
        double slope = 1;
        double intercept = 0;
        double loss = plattLoss(x, rows.truth(), high, low, slope, intercept);
        for (int step = 0; step < MOST_STEPS; step++) {
            double g0 = 0;
            double g1 = 0;
            double h00 = 1e-9;
            double h01 = 0;
            double h11 = 1e-9;
            for (int i = 0; i < n; i++) {
                double p = Calibration.sigmoid(slope * x[i] + intercept);
                double error = p - (rows.truth()[i] == 1 ? high : low);
                double weight = p * (1 - p);
                g0 += error * x[i];
                g1 += error;
                h00 += weight * x[i] * x[i];
                h01 += weight * x[i];
                h11 += weight;
            }
            double determinant = h00 * h11 - h01 * h01;
            if (!(determinant > 0)) {
                break;
            }
            double stepSlope = (h11 * g0 - h01 * g1) / determinant;
            double stepIntercept = (h00 * g1 - h01 * g0) / determinant;
            double length = 1;
            double next = plattLoss(x, rows.truth(), high, low, slope - stepSlope, intercept - stepIntercept);
            while (next > loss && length > 1e-6) {
                length /= 2;
                next = plattLoss(
                        x, rows.truth(), high, low, slope - length * stepSlope, intercept - length * stepIntercept);
            }
            if (!(next < loss)) {
                break;
            }
            slope -= length * stepSlope;
            intercept -= length * stepIntercept;
            boolean settled = loss - next < 1e-12 * n;
            loss = next;
            if (settled) {
                break;
            }
        }
        // A falling curve would turn the ranking round, which no held-out row can justify.
        return slope > 0 ? new Calibration.Platt(slope, intercept) : new Calibration.None();
    }

    private static double plattLoss(
            double[] x, double[] truth, double high, double low, double slope, double intercept) {
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            double z = slope * x[i] + intercept;
            double target = truth[i] == 1 ? high : low;
            // -t log p - (1 - t) log(1 - p), without overflow.
            loss += Math.max(z, 0) - z * target + Math.log1p(Math.exp(-Math.abs(z)));
        }
        return loss;
    }

    /** Golden-section search over the logarithm of the temperature between 1/10 and 10. */
    static Calibration temperature(HeldOutOutputs rows) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = -Math.log(10);
        double high = Math.log(10);
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double leftLoss = temperatureLoss(rows, left);
        double rightLoss = temperatureLoss(rows, right);
        while (high - low > 1e-4) {
            if (leftLoss < rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - ratio * (high - low);
                leftLoss = temperatureLoss(rows, left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + ratio * (high - low);
                rightLoss = temperatureLoss(rows, right);
            }
        }
        return new Calibration.Temperature(Math.exp((low + high) / 2));
    }

    private static double temperatureLoss(HeldOutOutputs rows, double logarithm) {
        double[] outputs = new Calibration.Temperature(Math.exp(logarithm)).apply(rows.outputs(), rows.classes());
        double loss = 0;
        for (int i = 0; i < rows.size(); i++) {
            loss -= Math.log(Math.max(Calibration.SMALLEST, outputs[i * rows.classes() + (int) rows.truth()[i]]));
        }
        return loss;
    }

    /**
     * Pools neighbouring rows until the shares of positives ascend, and puts one knot in the middle of each pool (centred
     * isotonic regression, Oron and Flournoy 2017), so that the ranking inside a pool is kept.
     */
    static Calibration isotonic(HeldOutOutputs rows) {
        int n = rows.size();
        int[] order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(rows::positive))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] weight = new double[n];
        double[] input = new double[n];
        double[] output = new double[n];
        int pools = 0;
        for (int row : order) {
            weight[pools] = 1;
            input[pools] = rows.positive(row);
            output[pools] = rows.truth()[row];
            pools++;
            while (pools > 1 && (output[pools - 2] >= output[pools - 1] || input[pools - 2] == input[pools - 1])) {
                double both = weight[pools - 2] + weight[pools - 1];
                input[pools - 2] += (input[pools - 1] - input[pools - 2]) * weight[pools - 1] / both;
                output[pools - 2] += (output[pools - 1] - output[pools - 2]) * weight[pools - 1] / both;
                weight[pools - 2] = both;
                pools--;
            }
        }
        double[] inputs = new double[pools];
        double[] outputs = new double[pools];
        for (int i = 0; i < pools; i++) {
            inputs[i] = input[i];
            // Never surer than a pool of its size can make one (Laplace's rule).
            double most = (weight[i] + 1) / (weight[i] + 2);
            outputs[i] = Math.min(most, Math.max(1 - most, output[i]));
            if (i > 0) {
                outputs[i] = Math.max(outputs[i], outputs[i - 1]);
            }
        }
        return new Calibration.Isotonic(inputs, outputs);
    }
}
