package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.Baseline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Contenders with what they weigh, 0 for those that were not chosen.
 *
 * @param outputs what they gave the rows held out together, fold after fold
 */
record Ensemble(List<Contender> contenders, double[] weights, double[] outputs) {
    /** One model's share in an ensemble. */
    record Share(FoldModel model, double weight) {}

    /** Chooses what lowers the loss. A baseline is only for want of anything else. */
    static Ensemble select(List<Contender> all, ToDoubleFunction<double[]> loss) {
        List<Contender> able = all.stream()
                .filter(each -> !(each.candidate().learner() instanceof Baseline))
                .toList();
        double[] chosen = GreedySelection.weights(
                (able.isEmpty() ? all : able).stream().map(Contender::outputs).toList(), loss);
        double[] weights = new double[all.size()];
        int next = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = able.isEmpty() || able.contains(all.get(i)) ? chosen[next++] : 0;
        }
        double[] outputs = new double[all.get(0).outputs().length];
        for (int i = 0; i < weights.length; i++) {
            for (int j = 0; weights[i] > 0 && j < outputs.length; j++) {
                outputs[j] += weights[i] * all.get(i).outputs()[j];
            }
        }
        return new Ensemble(List.copyOf(all), weights, outputs);
    }

    /** What it gave the rows that a fold held out. */
    double[] outputsOf(int fold) {
        int from = 0;
        for (int i = 0; i < fold; i++) {
            from += contenders.get(0).models().get(i).outputs().length;
        }
        return Arrays.copyOfRange(
                outputs, from, from + contenders.get(0).models().get(fold).outputs().length);
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
