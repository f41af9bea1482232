package io.mlops.pipeline.evaluation.imbalance;

import io.mlops.pipeline.model.TrainingSet;

/** Weights with which every class weighs the same in all, and a row 1 in the mean. */
final class ClassWeights {
    private ClassWeights() {}

    static TrainingSet weigh(TrainingSet rows) {
        double[] counts = counts(rows);
        double[] perClass = new double[counts.length];
        int present = 0;
        double total = 0;
        for (double count : counts) {
            present += count > 0 ? 1 : 0;
            total += count;
        }
        for (int k = 0; k < counts.length; k++) {
            perClass[k] = counts[k] > 0 ? total / (present * counts[k]) : 1;
        }
        return weigh(rows, perClass);
    }

    /** Multiplies the weight of each row by that of its class. */
    static TrainingSet weigh(TrainingSet rows, double[] perClass) {
        float[] old = rows.weights();
        float[] weights = new float[rows.rows()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = (float) (perClass[(int) rows.values()[row]] * (old == null ? 1 : old[row]));
        }
        return new TrainingSet(rows.features(), rows.target(), rows.values(), weights);
    }

    /** How much the rows of each class weigh. */
    static double[] counts(TrainingSet rows) {
        double[] counts = new double[rows.target().classes().size()];
        float[] weights = rows.weights();
        for (int row = 0; row < rows.rows(); row++) {
            counts[(int) rows.values()[row]] += weights == null ? 1 : weights[row];
        }
        return counts;
    }
}
