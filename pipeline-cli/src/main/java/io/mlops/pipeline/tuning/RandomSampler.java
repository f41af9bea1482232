package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.model.space.Space;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws every point anew, evenly on each dimension's scale. */
record RandomSampler(Space space, long seed) implements Sampler {
    @Override
    public Map<String, Object> suggest(List<Observation> observations, int number) {
        SplittableRandom random = random(seed, number);
        double[] places = new double[space.dimensions().size()];
        for (int d = 0; d < places.length; d++) {
            places[d] = random.nextDouble();
        }
        return at(space, places);
    }

    /** A trial's own random numbers, whatever other trials have drawn. */
    static SplittableRandom random(long seed, int number) {
        return new SplittableRandom(new SplittableRandom(seed ^ 0x9e3779b97f4a7c15L * (number + 1)).nextLong());
    }

    /** The point whose dimensions have these places; those that do not matter there are left out. */
    static Map<String, Object> at(Space space, double[] places) {
        Map<String, Object> point = new LinkedHashMap<>();
        for (int d = 0; d < places.length; d++) {
            Dimension dimension = space.dimensions().get(d);
            if (Space.matters(dimension, point)) {
                point.put(dimension.name(), value(dimension, places[d]));
            }
        }
        return point;
    }

    private static Object value(Dimension dimension, double place) {
        if (dimension instanceof Dimension.Numeric numeric) {
            return numeric.at(place);
        }
        List<String> choices = ((Dimension.Choice) dimension).choices();
        return choices.get(Math.min(choices.size() - 1, (int) (place * choices.size())));
    }
}
