package io.mlops.pipeline.model.neural;

/** What a neuron makes of its sum. */
public enum Activation {
    /** Klambauer et al. 2017. */
    SELU {
        @Override
        void apply(float[] x, float[] y, float[] slope, int n) {
            for (int j = 0; j < n; j++) {
                y[j] = Math.min(x[j], 0);
            }
            Kernels.exp(y, slope, n);
            for (int j = 0; j < n; j++) {
                y[j] = LAMBDA * (Math.max(x[j], 0) + ALPHA * (slope[j] - 1));
            }
            // Where x is above 0, e^min(x, 0) is 1 and the slope is 1 rather than alpha.
            for (int j = 0; j < n; j++) {
                slope[j] = LAMBDA * (ALPHA * slope[j] - (ALPHA - 1) * Math.min(1, Math.max(0, x[j] * STEEP)));
            }
        }

        @Override
        double apply(double x) {
            return LAMBDA * (x > 0 ? x : ALPHA * (StrictMath.exp(x) - 1));
        }
    },

    /** Misra 2019. */
    MISH {
        @Override
        void apply(float[] x, float[] y, float[] slope, int n) {
            Kernels.exp(x, slope, n);
            // tanh(log(1 + e)) = (e² + 2e) / (e² + 2e + 2)
            for (int j = 0; j < n; j++) {
                float e = slope[j];
                y[j] = e * (e + 2) / (e * (e + 2) + 2);
            }
            for (int j = 0; j < n; j++) {
                slope[j] = slope[j] / (1 + slope[j]);
            }
            for (int j = 0; j < n; j++) {
                slope[j] = y[j] + x[j] * (1 - y[j] * y[j]) * slope[j];
            }
            for (int j = 0; j < n; j++) {
                y[j] *= x[j];
            }
        }

        @Override
        double apply(double x) {
            // Beyond, the quotient is 1 to the last bit.
            double e = StrictMath.exp(Math.min(x, FLAT));
            return x * (e * (e + 2) / (e * (e + 2) + 2));
        }
    };

    private static final float LAMBDA = 1.0507f;
    private static final float ALPHA = 1.67326f;
    private static final float STEEP = 1e30f;
    private static final double FLAT = 30;

    /** The outputs for n sums, and how steep it is there. */
    abstract void apply(float[] x, float[] y, float[] slope, int n);

    /** The output for one sum. */
    abstract double apply(double x);
}
