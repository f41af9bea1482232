package io.mlops.pipeline.automl;

import java.util.ArrayList;
import java.util.List;

/**
 * The contenders that were chosen, with what they weigh.
 *
 * @param outputs what they gave the rows held out together, fold after fold
 */
record Ensemble(List<Contender> contenders, double[] weights, double[] outputs) {
    /** One model's share in an ensemble. */
    record Share(FoldModel model, double weight) {}

    /** Those of a weight above 0. */
    static Ensemble of(List<Contender> contenders, double[] weights) {
        double[] outputs = new double[contenders.get(0).outputs().length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; weights[i] > 0 && j < outputs.length; j++) {
                outputs[j] += weights[i] * contenders.get(i).outputs()[j];
            }
        }
        return new Ensemble(List.copyOf(contenders), weights, outputs);
    }

    /** The models of all folds, each with an equal part of its contender's weight. */
    List<Share> members() {
        List<Share> members = new ArrayList<>();
        int folds = contenders.get(0).models().size();
        for (int i = 0; i < weights.length; i++) {
            for (FoldModel model : weights[i] > 0 ? contenders.get(i).models() : List.<FoldModel>of()) {
                members.add(new Share(model, weights[i] / folds));
            }
        }
        return members;
    }

    /** The models of one fold, none of which has seen the rows that it holds out. */
    List<Share> membersOf(int fold) {
        List<Share> members = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                members.add(new Share(contenders.get(i).models().get(fold), weights[i]));
            }
        }
        return members;
    }
}
