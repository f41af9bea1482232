package io.mlops.pipeline.tuning;

import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.space.Space;
import io.mlops.pipeline.progress.Progress;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Functions whose least value is known. */
enum Known {
    BRANIN(Space.builder().real("x", -5, 10).real("y", 0, 15).build(), 0.397887, point -> {
        double x = number(point, "x");
        double y = number(point, "y");
        double bowl = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return bowl * bowl + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }),
    HARTMANN_6(sixfold(), -3.32237, point -> {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double exponent = 0;
            for (int j = 0; j < 6; j++) {
                double distance = number(point, "x" + j) - Hartmann.CENTRES[i][j];
                exponent += Hartmann.STEEPNESS[i][j] * distance * distance;
            }
            sum -= Hartmann.HEIGHTS[i] * Math.exp(-exponent);
        }
        return sum;
    }),
    /** A choice decides which numbers matter, one of them whole and one by its logarithm. */
    MIXED(
            Space.builder()
                    .choice("kind", "bowl", "valley", "plain")
                    .log("rate", 1e-5, 1)
                    .when("kind", "bowl", "valley")
                    .whole("depth", 1, 40)
                    .when("kind", "bowl")
                    .real("angle", -3, 3)
                    .when("kind", "valley")
                    .build(),
            0,
            point -> switch (point.get("kind").toString()) {
                case "bowl" ->
                    Math.pow(Math.log10(number(point, "rate")) + 2, 2)
                            + Math.pow((number(point, "depth") - 23) / 10, 2);
                case "valley" ->
                    0.5 + Math.pow(Math.log10(number(point, "rate")) + 4, 2) + Math.pow(number(point, "angle"), 2);
                default -> 3;
            });

    private final Space space;
    private final double least;
    private final ToDoubleFunction<Map<String, Object>> function;

    Known(Space space, double least, ToDoubleFunction<Map<String, Object>> function) {
        this.space = space;
        this.least = least;
        this.function = function;
    }

    Space space() {
        return space;
    }

    /** How far the best of so many trials is from the least value. */
    double regret(Sampler.Kind kind, long seed, int trials, int batch) {
        Study study = Study.inMemory();
        new Search(objective(), kind.over(space, seed), "", List.of(), batch, Halving.NONE, 1)
                .run(study, trials, Deadline.none(), Progress.NONE);
        return Study.best(study.trials(), false).orElseThrow().value() - least;
    }

    Objective objective() {
        return new Objective() {
            @Override
            public boolean greaterIsBetter() {
                return false;
            }

            @Override
            public Measurement measure(Map<String, Object> point, int threads, Deadline deadline) {
                return new Measurement() {
                    @Override
                    public String next() {
                        return "all";
                    }

                    @Override
                    public double step() {
                        return function.applyAsDouble(point);
                    }

                    @Override
                    public boolean done() {
                        return true;
                    }
                };
            }
        };
    }

    private static Space sixfold() {
        Space.Builder space = Space.builder();
        for (int j = 0; j < 6; j++) {
            space.real("x" + j, 0, 1);
        }
        return space.build();
    }

    private static double number(Map<String, Object> point, String name) {
        return ((Number) point.get(name)).doubleValue();
    }

    /** The constants of Hartmann's function in six dimensions. */
    private static final class Hartmann {
        private static final double[] HEIGHTS = {1, 1.2, 3, 3.2};
        private static final double[][] STEEPNESS = {
            {10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}
        };
        private static final double[][] CENTRES = {
            {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
            {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
            {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
            {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
        };
    }
}
