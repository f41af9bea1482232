package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.space.Space;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws from where good trials are dense and others are not (the tree-structured Parzen estimator of Bergstra et al. 2011),
 * over all dimensions together and with the constants of Optuna (Akiba et al. 2019).
 */
final class TpeSampler implements Sampler {
    /** So many trials are drawn at random before anything is learned from them. */
    static final int STARTUP = 10;

    private static final int CANDIDATES = 24;
    private static final int MOST_GOOD = 25;

    /** The furthest first, then the best; those at work last. */
    private static final Comparator<Observation> BEST_FIRST =
            Comparator.comparingInt(Observation::steps).reversed().thenComparingDouble(Observation::loss);

    private final Space space;
    private final long seed;
    private final Sampler startup;

    TpeSampler(Space space, long seed) {
        this.space = space;
        this.seed = seed;
        startup = new RandomSampler(space, seed);
    }

    @Override
    public Map<String, Object> suggest(List<Observation> observations, int number) {
        long measured = observations.stream().filter(each -> each.steps() > 0).count();
        if (measured < STARTUP) {
            return startup.suggest(observations, number);
        }
        List<Observation> ordered = observations.stream().sorted(BEST_FIRST).toList();
        int good = Math.min((int) Math.ceil(0.1 * measured), MOST_GOOD);
        ParzenEstimator below = estimator(observations, ordered.subList(0, good));
        ParzenEstimator above = estimator(observations, ordered.subList(good, ordered.size()));
        SplittableRandom random = RandomSampler.random(seed, number);
        Map<String, Object> best = below.draw(random);
        double most = below.logDensity(best) - above.logDensity(best);
        for (int i = 1; i < CANDIDATES; i++) {
            Map<String, Object> candidate = below.draw(random);
            double gain = below.logDensity(candidate) - above.logDensity(candidate);
            if (gain > most) {
                most = gain;
                best = candidate;
            }
        }
        return best;
    }

    /** The density of some of the observations, in the order in which they were made. */
    private ParzenEstimator estimator(List<Observation> observations, List<Observation> part) {
        Set<Observation> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        chosen.addAll(part);
        return new ParzenEstimator(
                space,
                observations.stream()
                        .filter(chosen::contains)
                        .map(Observation::point)
                        .toList());
    }
}
