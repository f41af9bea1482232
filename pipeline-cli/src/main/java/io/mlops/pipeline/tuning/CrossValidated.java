package io.mlops.pipeline.tuning;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.CrossValidation;
import io.mlops.pipeline.evaluation.training.FoldOutcome;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.space.Overlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a family is with the hyperparameters of a point: first on one fold after few rounds, then on all of that fold,
 * then on all folds.
 *
 * @param parameters those that a point leaves as they are
 * @param impressions after how many rounds a first impression is taken, where the family goes in rounds
 */
public record CrossValidated<P extends Record>(
        CrossValidation<P> folds, Learner<P> learner, P parameters, Metric metric, List<Integer> impressions)
        implements Objective {
    /** Few enough rounds to be cheap, and enough to tell: after 25, too many that would have been good were given up. */
    public static final List<Integer> USUAL_IMPRESSIONS = List.of(100);

    public CrossValidated {
        impressions = List.copyOf(impressions);
    }

    @Override
    public boolean greaterIsBetter() {
        return metric.greaterIsBetter();
    }

    @Override
    public Measurement measure(Map<String, Object> point, int threads, Deadline deadline) {
        P chosen = Overlay.on(parameters, point);
        List<Impression<P>> first = new ArrayList<>();
        for (int rounds : impressions) {
            Optional<P> shortened = learner.shortened(chosen, rounds);
            shortened.ifPresent(each -> first.add(new Impression<>("fold 1, " + rounds + " rounds", each)));
        }
        return new Steps(chosen, first, threads, deadline);
    }

    /** A cheap look at a fold. */
    private record Impression<P>(String name, P parameters) {}

    /** The steps of one point. */
    private final class Steps implements Measurement {
        private final P chosen;
        private final List<Impression<P>> first;
        private final int threads;
        private final Deadline deadline;
        private final List<FoldOutcome<P>> outcomes = new ArrayList<>();
        private int taken;

        Steps(P chosen, List<Impression<P>> first, int threads, Deadline deadline) {
            this.chosen = chosen;
            this.first = first;
            this.threads = threads;
            this.deadline = deadline;
        }

        @Override
        public String next() {
            return taken < first.size()
                    ? first.get(taken).name()
                    : outcomes.isEmpty() ? "fold 1" : folds.size() + " folds";
        }

        @Override
        public double step() {
            if (taken < first.size()) {
                P shortened = first.get(taken++).parameters();
                return folds.score(metric, List.of(folds.fit(0, shortened, threads, deadline)));
            }
            int until = outcomes.isEmpty() ? 1 : folds.size();
            while (outcomes.size() < until && (outcomes.isEmpty() || !deadline.passed())) {
                outcomes.add(folds.fit(outcomes.size(), chosen, threads, deadline));
            }
            return folds.score(metric, outcomes);
        }

        @Override
        public boolean done() {
            return outcomes.size() == folds.size();
        }
    }
}
