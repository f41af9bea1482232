package io.mlops.pipeline.automl;

import java.util.List;

/**
 * A candidate that was fitted on all folds.
 *
 * @param models one for each fold
 * @param outputs what they gave the rows held out, fold after fold
 */
record Contender(Candidate<?> candidate, List<FoldModel> models, double[] outputs) {
    static Contender of(Candidate<?> candidate, List<FoldModel> models) {
        double[] all = new double
                [models.stream().mapToInt(model -> model.outputs().length).sum()];
        int next = 0;
        for (FoldModel model : models) {
            System.arraycopy(model.outputs(), 0, all, next, model.outputs().length);
            next += model.outputs().length;
        }
        return new Contender(candidate, List.copyOf(models), all);
    }
}
