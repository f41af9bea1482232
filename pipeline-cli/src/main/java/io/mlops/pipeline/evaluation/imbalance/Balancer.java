package io.mlops.pipeline.evaluation.imbalance;

import io.mlops.pipeline.model.TrainingSet;

/**
 * Answers rare classes in training rows.
 *
 * @param imbalance what is done
 * @param smote how rows are made up, where they are
 */
public record Balancer(Imbalance imbalance, SmoteSettings smote) {

    /** The rows to learn from: as they are for a regression, else weighed or with more rows behind the given ones. */
    public TrainingSet balance(TrainingSet training, long seed) {
        if (!training.target().task().isClassification()) {
            return training;
        }
        return switch (imbalance) {
            case NONE -> training;
            case CLASS_WEIGHTS -> ClassWeights.weigh(training);
            case SMOTE -> new Smote(smote, false).fillUp(training, seed);
            case BORDERLINE_SMOTE -> new Smote(smote, true).fillUp(training, seed);
        };
    }

    /**
     * Weighs validation rows as the classes weigh in the balanced training rows, so that a loss on them falls as long as
     * the model learns; no row is added.
     */
    public TrainingSet match(TrainingSet validation, TrainingSet training, TrainingSet balanced) {
        if (imbalance == Imbalance.NONE || !training.target().task().isClassification()) {
            return validation;
        }
        double[] before = ClassWeights.counts(training);
        double[] after = ClassWeights.counts(balanced);
        double[] perClass = new double[before.length];
        for (int k = 0; k < before.length; k++) {
            perClass[k] = before[k] > 0 ? after[k] / before[k] : 1;
        }
        return ClassWeights.weigh(validation, perClass);
    }
}
