package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.model.space.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {
    private static final int SEEDS = 15;

    /** What 15 against 15 of the same kind exceed one time in a hundred. */
    static final double SIGNIFICANT = 0.75;

    @ParameterizedTest
    @EnumSource(Sampler.Kind.class)
    void theSameSeedNumberAndObservationsGiveTheSamePoint(Sampler.Kind kind) {
        Space space = Known.MIXED.space();
        List<Observation> observations = observations(space, 30);

        Map<String, Object> point = kind.over(space, 3).suggest(observations, 30);

        assertThat(kind.over(space, 3).suggest(observations, 30)).isEqualTo(point);
        assertThat(kind.over(space, 4).suggest(observations, 30)).isNotEqualTo(point);
        assertThat(kind.over(space, 3).suggest(observations, 31)).isNotEqualTo(point);
    }

    @ParameterizedTest
    @EnumSource(Sampler.Kind.class)
    void givesEachDimensionThatMattersAndNoOther(Sampler.Kind kind) {
        Space space = Known.MIXED.space();
        Sampler sampler = kind.over(space, 5);
        List<Observation> observations = observations(space, 12);

        Set<Object> kinds = new HashSet<>();
        for (int number = 0; number < 100; number++) {
            Map<String, Object> point = sampler.suggest(observations, number);
            kinds.add(point.get("kind"));
            assertThat(point.keySet())
                    .isEqualTo(
                            switch (point.get("kind").toString()) {
                                case "bowl" -> Set.of("kind", "rate", "depth");
                                case "valley" -> Set.of("kind", "rate", "angle");
                                default -> Set.of("kind");
                            });
            assertThat(space.point(point)).isEqualTo(point);
        }
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(kind == Sampler.Kind.TPE ? 1 : 3);
    }

    @Test
    void quasiRandomPointsFillEveryPartOfEachDimension() {
        Space space = Known.HARTMANN_6.space();
        Sampler sampler = Sampler.Kind.QUASI_RANDOM.over(space, 11);
        int points = 128;

        for (Dimension dimension : space.dimensions()) {
            long[] parts = new long[16];
            for (int number = 0; number < points; number++) {
                double place = (Double) sampler.suggest(List.of(), number).get(dimension.name());
                parts[(int) (place * parts.length)]++;
            }
            assertThat(Arrays.stream(parts).boxed()).as(dimension.name()).allSatisfy(count -> assertThat(count)
                    .isBetween(4L, 12L));
        }
    }

    @Test
    void everyWholeNumberIsEquallyProbableAndEveryDecadeOfALogarithm() {
        Space space = Space.builder().whole("depth", 1, 5).log("rate", 1e-4, 1).build();
        Sampler sampler = Sampler.Kind.RANDOM.over(space, 1);
        Map<Object, Integer> depths = new HashMap<>();
        int[] decades = new int[4];
        for (int number = 0; number < 4000; number++) {
            Map<String, Object> point = sampler.suggest(List.of(), number);
            depths.merge(point.get("depth"), 1, Integer::sum);
            decades[(int) Math.floor(Math.log10((Double) point.get("rate")) + 4)]++;
        }
        assertThat(depths.keySet()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
        assertThat(depths.values()).allSatisfy(count -> assertThat(count).isBetween(700, 900));
        assertThat(Arrays.stream(decades).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(880, 1120));
    }

    @Test
    void theDensityOfNumbersAndWordsSumsToOne() {
        Space space = Space.builder()
                .choice("word", "a", "b", "c")
                .whole("depth", 1, 6)
                .build();
        ParzenEstimator estimator = new ParzenEstimator(
                space,
                List.of(
                        Map.of("word", "a", "depth", 2),
                        Map.of("word", "c", "depth", 6),
                        Map.of("word", "a", "depth", 3)));

        double sum = 0;
        for (String word : List.of("a", "b", "c")) {
            for (int depth = 1; depth <= 6; depth++) {
                sum += Math.exp(estimator.logDensity(Map.of("word", word, "depth", depth)));
            }
        }
        assertThat(sum).isCloseTo(1, within(1e-9));
    }

    @Test
    void drawsAsOftenAsTheDensitySays() {
        Space space = Known.MIXED.space();
        List<Map<String, Object>> points =
                observations(space, 12).stream().map(Observation::point).toList();
        ParzenEstimator estimator = new ParzenEstimator(space, points);
        SplittableRandom random = new SplittableRandom(1);
        int plain = 0;
        int draws = 20_000;
        for (int i = 0; i < draws; i++) {
            plain += estimator.draw(random).get("kind").equals("plain") ? 1 : 0;
        }
        double probability = Math.exp(estimator.logDensity(Map.of("kind", "plain")));
        assertThat((double) plain / draws).isCloseTo(probability, within(0.015));
    }

    @Test
    void olderPointsWeighLess() {
        assertThat(ParzenEstimator.weights(3)).containsExactly(1, 1, 1, 1);
        assertThat(ParzenEstimator.weights(29))
                .startsWith(1 / 29.0)
                .endsWith(1, 1)
                .hasSize(30)
                .isSorted();
        assertThat(IntStream.range(4, 30).mapToDouble(i -> ParzenEstimator.weights(29)[i]))
                .containsOnly(1.0);
    }

    @Test
    void trialsAtWorkKeepOthersAway() {
        Space space = Space.builder().real("x", 0, 1).build();
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            double x = i / 19.0;
            observations.add(new Observation(Map.of("x", x), 1, Math.abs(x - 0.5)));
        }
        Sampler sampler = Sampler.Kind.TPE.over(space, 1);
        double alone = spread(sampler, observations, false);
        double besideOthers = spread(sampler, observations, true);

        assertThat(besideOthers).isGreaterThan(1.5 * alone);
    }

    /** How far the points of a batch of 20 are from the optimum, on average. */
    private static double spread(Sampler sampler, List<Observation> observations, boolean told) {
        List<Observation> known = new ArrayList<>(observations);
        double sum = 0;
        for (int number = 20; number < 40; number++) {
            Map<String, Object> point = sampler.suggest(known, number);
            sum += Math.abs((Double) point.get("x") - 0.5);
            if (told) {
                known.add(Observation.running(point));
            }
        }
        return sum / 20;
    }

    @ParameterizedTest
    @EnumSource(Known.class)
    void tpeComesNearerToTheLeastValueThanChance(Known function) {
        double[] chance = regrets(function, Sampler.Kind.RANDOM, 1);
        for (int batch : new int[] {1, 4}) {
            double[] tpe = regrets(function, Sampler.Kind.TPE, batch);
            assertThat(shareOfPairs(tpe, chance)).as("batches of %d", batch).isGreaterThan(SIGNIFICANT);
        }
    }

    private static double[] regrets(Known function, Sampler.Kind kind, int batch) {
        return IntStream.range(0, SEEDS)
                .mapToDouble(seed -> function.regret(kind, seed, 60, batch))
                .toArray();
    }

    /** In which share of all pairs the first is less: Mann and Whitney's statistic. */
    static double shareOfPairs(double[] less, double[] than) {
        double wins = 0;
        for (double one : less) {
            for (double other : than) {
                wins += one < other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return wins / (less.length * than.length);
    }

    private static List<Observation> observations(Space space, int count) {
        Sampler sampler = Sampler.Kind.RANDOM.over(space, 99);
        List<Observation> observations = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Map<String, Object> point = sampler.suggest(List.of(), number);
            observations.add(new Observation(point, 1, Math.sin(number)));
        }
        return observations;
    }
}
