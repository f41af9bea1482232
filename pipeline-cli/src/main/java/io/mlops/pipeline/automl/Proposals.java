package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.tuning.Observation;
import io.mlops.pipeline.tuning.Sampler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Proposes further candidates once the portfolio is through: mostly of the families that the ensemble leans on, with
 * hyperparameters near those that did well on the first fold.
 */
final class Proposals {
    /** What a family weighs when it is drawn, beside its weight in the ensemble. */
    private static final double ANY = 0.05;

    private final Task task;
    private final long seed;
    /** The first candidate of each family that has hyperparameters worth a search. */
    private final Map<String, Candidate<?>> families = new LinkedHashMap<>();

    private final Map<String, Sampler> samplers = new LinkedHashMap<>();
    private int made;

    /**
     * What is known of a candidate.
     *
     * @param loss on the first fold; not a number while it is at work
     * @param weight in the ensemble
     */
    record Tried(Candidate<?> candidate, double loss, double weight) {}

    /**
     * Makes one.
     *
     * @param portfolio candidates whose families may be proposed, with the hyperparameters that are not searched
     * @param rows how many there are to learn from
     */
    Proposals(List<Candidate<?>> portfolio, Task task, int rows, long seed) {
        this.task = task;
        this.seed = seed;
        for (Candidate<?> candidate : portfolio) {
            Space space = candidate.learner().searchSpace(task);
            if (!space.isEmpty() && rows <= candidate.mostRows()) {
                families.putIfAbsent(candidate.learner().name(), candidate);
                samplers.computeIfAbsent(
                        candidate.learner().name(), name -> Sampler.Kind.TPE.over(space, seed ^ name.hashCode()));
            }
        }
    }

    /** The next one; empty where no family has anything to search. The same for the same that was tried. */
    Optional<Candidate<?>> next(List<Tried> tried) {
        if (families.isEmpty()) {
            return Optional.empty();
        }
        SplittableRandom random = new SplittableRandom(seed + made);
        Candidate<?> family = draw(tried, random.nextDouble());
        made++;
        return Optional.of(near(family, tried));
    }

    private Candidate<?> draw(List<Tried> tried, double place) {
        List<Candidate<?>> all = new ArrayList<>(families.values());
        double[] weights = all.stream()
                .mapToDouble(family -> ANY
                        + tried.stream()
                                .filter(each -> isOf(each.candidate(), family))
                                .mapToDouble(Tried::weight)
                                .sum())
                .toArray();
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = place * total;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return all.get(i);
            }
        }
        return all.get(all.size() - 1);
    }

    private <P extends Record> Candidate<P> near(Candidate<P> family, List<Tried> tried) {
        String name = family.learner().name();
        Space space = family.learner().searchSpace(task);
        List<Observation> observations = tried.stream()
                .filter(each -> isOf(each.candidate(), family))
                .map(each -> observation(space, each))
                .toList();
        Map<String, Object> point = Objects.requireNonNull(samplers.get(name)).suggest(observations, made);
        return new Candidate<>(
                name + " proposal " + made,
                family.learner(),
                Overlay.on(family.parameters(), point),
                family.features(),
                family.mostRows(),
                family.share());
    }

    private static Observation observation(Space space, Tried tried) {
        Map<String, Object> point = space.point(Overlay.values(tried.candidate().parameters()));
        return Double.isNaN(tried.loss()) ? Observation.running(point) : new Observation(point, 1, tried.loss());
    }

    private static boolean isOf(Candidate<?> candidate, Candidate<?> family) {
        return candidate.learner().name().equals(family.learner().name());
    }
}
