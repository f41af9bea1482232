package io.mlops.pipeline.automl;

import io.mlops.pipeline.model.Baseline;
import io.mlops.pipeline.model.ensemble.Blend;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Contenders with what they weigh, 0 for those that were not chosen.
 *
 * @param outputs what they gave the rows held out together, fold after fold
 */
record Ensemble(List<Contender> contenders, double[] weights, Blend blend, double[] outputs) {
    private static final int FEW_ROWS = 300;

    /** How many models share where rows are few. */
    private static final int BEST = 3;

    /** One contender's share in an ensemble: its models, each with an equal part of the weight. */
    record Share(List<FoldModel> models, double weight) {}

    /** Blends contenders. */
    static Ensemble of(List<Contender> contenders, double[] weights, Blend blend) {
        double[] outputs = blend.begin(contenders.get(0).outputs().length);
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                blend.add(outputs, contenders.get(i).outputs(), weights[i]);
            }
        }
        blend.finish(outputs);
        return new Ensemble(List.copyOf(contenders), weights, blend, outputs);
    }

    /**
     * Chooses what lowers the loss. A baseline is only for want of anything better.
     *
     * @param rows how many were held out: a few cannot tell weights from chance, so the best models then share alike
     */
    static Ensemble select(List<Contender> all, ToDoubleFunction<double[]> loss, int rows) {
        List<Contender> able = able(all);
        List<double[]> outputs = able.stream().map(Contender::outputs).toList();
        double[] chosen =
                rows < FEW_ROWS ? GreedySelection.best(outputs, loss, BEST) : GreedySelection.weights(outputs, loss);
        double[] weights = new double[all.size()];
        int next = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = able.contains(all.get(i)) ? chosen[next++] : 0;
        }
        Ensemble best = of(all, weights, Blend.mean());
        for (int i = 0; i < weights.length; i++) {
            if (!able.contains(all.get(i))
                    && loss.applyAsDouble(all.get(i).outputs()) < loss.applyAsDouble(best.outputs())) {
                double[] alone = new double[weights.length];
                alone[i] = 1;
                best = of(all, alone, Blend.mean());
            }
        }
        return best;
    }

    /** Whether no model came to its end: the clock cut each short, or there is only a baseline. */
    boolean isUnfinished() {
        return contenders.stream()
                .allMatch(each -> each.candidate().learner() instanceof Baseline
                        || each.models().stream().anyMatch(FoldModel::cut));
    }

    /** The contenders that learn something of rows; all where none does. */
    static List<Contender> able(List<Contender> all) {
        List<Contender> able = all.stream()
                .filter(each -> !(each.candidate().learner() instanceof Baseline))
                .toList();
        return able.isEmpty() ? all : able;
    }

    /** The same contenders with other weights. */
    Ensemble weighed(double[] others) {
        return of(contenders, others, blend);
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

    /** What a candidate weighs. */
    double weight(Candidate<?> candidate) {
        for (int i = 0; i < weights.length; i++) {
            if (contenders.get(i).candidate().equals(candidate)) {
                return weights[i];
            }
        }
        return 0;
    }

    /** How long all models of one fold together took for a row. */
    double microseconds() {
        return membersOf(0).stream()
                .flatMap(share -> share.models().stream())
                .mapToDouble(FoldModel::microseconds)
                .sum();
    }

    /** The models of all folds. */
    List<Share> members() {
        return shares(Contender::models);
    }

    /** The models of the first folds. */
    List<Share> members(int folds) {
        return shares(contender -> contender.models().subList(0, folds));
    }

    /** The models of one fold, none of which has seen the rows that it holds out. */
    List<Share> membersOf(int fold) {
        return shares(contender -> List.of(contender.models().get(fold)));
    }

    private List<Share> shares(Function<Contender, List<FoldModel>> models) {
        return chosen().stream()
                .map(i -> new Share(models.apply(contenders.get(i)), weights[i]))
                .toList();
    }

    /** The places of the contenders that count; where none does, of all, so that there is a model. */
    List<Integer> chosen() {
        boolean none = Arrays.stream(weights).allMatch(weight -> weight <= 0);
        return IntStream.range(0, weights.length)
                .filter(i -> none || weights[i] > 0)
                .boxed()
                .toList();
    }
}
