package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.space.Space;
import java.util.List;
import java.util.Map;

/** Proposes points of a space; the same for the same seed, number and observations. */
public interface Sampler {
    /**
     * The point of a trial.
     *
     * @param observations what is known of other trials, those that are at work included
     * @param number of the trial, from 0 on
     */
    Map<String, Object> suggest(List<Observation> observations, int number);

    /** How points are chosen. */
    enum Kind {
        RANDOM {
            @Override
            public Sampler over(Space space, long seed) {
                return new RandomSampler(space, seed);
            }
        },
        QUASI_RANDOM {
            @Override
            public Sampler over(Space space, long seed) {
                return new HaltonSampler(space, seed);
            }
        },
        TPE {
            @Override
            public Sampler over(Space space, long seed) {
                return new TpeSampler(space, seed);
            }
        };

        public abstract Sampler over(Space space, long seed);
    }
}
