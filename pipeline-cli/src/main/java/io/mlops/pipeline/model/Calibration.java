package io.mlops.pipeline.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Arrays;

/** A fitted correction of the probabilities a model gives. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Calibration.None.class, name = "none"),
    @JsonSubTypes.Type(value = Calibration.Platt.class, name = "platt"),
    @JsonSubTypes.Type(value = Calibration.Temperature.class, name = "temperature"),
    @JsonSubTypes.Type(value = Calibration.Isotonic.class, name = "isotonic")
})
public sealed interface Calibration {
    /** Probabilities stay this far from 0 and 1 before a logarithm is taken. */
    double SMALLEST = 1e-7;

    /**
     * The corrected outputs, as a new array.
     *
     * @param outputs what {@link TrainedModel#predict} gave, row by row
     * @param classes how many outputs each row has
     */
    double[] apply(double[] outputs, int classes);

    /** The logarithm of the odds of a probability. */
    static double logit(double probability) {
        double bounded = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
        return Math.log(bounded / (1 - bounded));
    }

    /** The probability of a logarithm of odds. */
    static double sigmoid(double logit) {
        return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
    }

    /** Leaves the outputs as they are; the only one for a regression. */
    record None() implements Calibration {
        @Override
        public double[] apply(double[] outputs, int classes) {
            return outputs.clone();
        }
    }

    /**
     * A logistic curve over the log odds of two classes (Platt 1999).
     *
     * @param slope below 1 where the model is too sure of itself
     * @param intercept shifts the base rate
     */
    record Platt(double slope, double intercept) implements Calibration {
        @Override
        public double[] apply(double[] outputs, int classes) {
            requireBinary(classes);
            double[] corrected = new double[outputs.length];
            for (int i = 1; i < outputs.length; i += 2) {
                corrected[i] = sigmoid(slope * logit(outputs[i]) + intercept);
                corrected[i - 1] = 1 - corrected[i];
            }
            return corrected;
        }
    }

    /**
     * One exponent for all probabilities of any number of classes (Guo et al. 2017).
     *
     * @param temperature above 1 where the model is too sure of itself
     */
    record Temperature(double temperature) implements Calibration {
        public Temperature {
            if (!(temperature > 0)) {
                throw new IllegalArgumentException("a temperature must be positive, not " + temperature);
            }
        }

        @Override
        public double[] apply(double[] outputs, int classes) {
            double[] corrected = new double[outputs.length];
            for (int row = 0; row < outputs.length; row += classes) {
                double largest = SMALLEST;
                for (int k = row; k < row + classes; k++) {
                    largest = Math.max(largest, outputs[k]);
                }
                double sum = 0;
                for (int k = row; k < row + classes; k++) {
                    corrected[k] = Math.pow(Math.max(outputs[k], SMALLEST) / largest, 1 / temperature);
                    sum += corrected[k];
                }
                for (int k = row; k < row + classes; k++) {
                    corrected[k] /= sum;
                }
            }
            return corrected;
        }
    }

    /**
     * A non-decreasing curve over the probability of the second of two classes, straight between its knots.
     *
     * @param inputs the knots' probabilities as the model gives them, ascending
     * @param outputs the knots' corrected probabilities, never descending
     */
    record Isotonic(double[] inputs, double[] outputs) implements Calibration {
        public Isotonic {
            if (inputs.length == 0 || inputs.length != outputs.length) {
                throw new IllegalArgumentException("an isotonic curve cannot have " + inputs.length + " inputs and "
                        + outputs.length + " outputs");
            }
        }

        @Override
        public double[] apply(double[] outputs, int classes) {
            requireBinary(classes);
            double[] corrected = new double[outputs.length];
            for (int i = 1; i < outputs.length; i += 2) {
                corrected[i] = at(outputs[i]);
                corrected[i - 1] = 1 - corrected[i];
            }
            return corrected;
        }

        private double at(double probability) {
            int found = Arrays.binarySearch(inputs, probability);
            if (found >= 0) {
                return outputs[found];
            }
            int right = -found - 1;
            if (right == 0) {
                return outputs[0];
            }
            if (right == inputs.length) {
                return outputs[right - 1];
            }
            double share = (probability - inputs[right - 1]) / (inputs[right] - inputs[right - 1]);
            return outputs[right - 1] + share * (outputs[right] - outputs[right - 1]);
        }
    }

    private static void requireBinary(int classes) {
        if (classes != 2) {
            throw new IllegalArgumentException("this calibration is for two classes, not " + classes);
        }
    }
}
