package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.imbalance.Balancer;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Fits the chosen models once more on all rows. Where rows have a time, each fold learned only from rows older than those
 * it held out, and what is new would be missing.
 */
record Refit(SearchRows rows, Target target, Balancer balancer, long seed, int threads, Selections selections) {
    /** The share of the time that is left which the selection of columns may take. */
    private static final double SELECTING = 0.3;

    /** The chosen models on all rows, the weightiest first; where the time is over, the last fold's model stands in. */
    List<Ensemble.Share> refit(Ensemble ensemble, Deadline deadline) {
        List<Integer> order = ensemble.chosen().stream()
                .sorted(Comparator.comparingDouble(i -> -ensemble.weights()[i]))
                .toList();
        List<Ensemble.Share> shares = new ArrayList<>();
        for (int i : order) {
            Contender contender = ensemble.contenders().get(i);
            shares.add(new Ensemble.Share(
                    List.of(deadline.passed() ? newest(contender) : refit(contender, deadline)),
                    ensemble.weights()[i]));
        }
        return shares;
    }

    static FoldModel newest(Contender contender) {
        return contender.models().get(contender.models().size() - 1);
    }

    /** One contender's model on all rows. */
    FoldModel refit(Contender contender, Deadline deadline) {
        return refit(contender.candidate(), newest(contender), deadline);
    }

    private <P extends Record> FoldModel refit(Candidate<P> candidate, FoldModel newest, Deadline deadline) {
        Preprocessor full =
                Preprocessor.fit(candidate.features(), candidate.learner().view(), rows.rows(), target, seed);
        Preprocessor preprocessor = selections.appliedToAll(full, threads, deadline.ofLeft(SELECTING));
        TrainingSet all = new TrainingSet(
                preprocessor.transformTraining(rows.rows()), target, rows.keys().values(), null);
        P settled = candidate.learner().stopsEarly(candidate.parameters())
                ? candidate.learner().settled(candidate.parameters(), newest.inMemory())
                : candidate.parameters();
        long start = System.nanoTime();
        TrainedModel model = candidate
                .learner()
                .fit(settled, balancer.balance(all, seed), null, new FitContext(seed, threads, deadline));
        return new FoldModel(
                model,
                preprocessor,
                new double[0],
                (System.nanoTime() - start) / 1e9,
                newest.microseconds(),
                deadline.passed());
    }
}
