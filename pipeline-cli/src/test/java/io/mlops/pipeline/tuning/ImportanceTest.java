package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.model.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ImportanceTest {
    private static final Space SPACE = Space.builder()
            .log("rate", 1e-4, 1)
            .whole("depth", 1, 20)
            .choice("policy", "a", "b")
            .real("idle", 0, 1)
            .build();

    @Test
    void namesWhatDecidedAndNotWhatDidNot() {
        Importance importance = Importance.of(trials(
                200,
                point -> Math.abs(Math.log10(number(point, "rate")) + 2)
                        + (point.get("policy").equals("a") ? 0.5 : 0)));

        assertThat(importance.shares().keySet()).startsWith("rate", "policy");
        assertThat(importance.shares().get("rate")).isGreaterThan(0.5);
        assertThat(importance.shares().get("policy")).isBetween(0.02, 0.4);
        assertThat(importance.shares().get("idle")).isLessThan(0.05);
        assertThat(importance.shares().get("depth")).isLessThan(0.05);
    }

    @Test
    void nothingDecidedWhereAllAreEqual() {
        assertThat(Importance.of(trials(50, point -> 1)).shares().values()).containsOnly(0.0);
    }

    @Test
    void fewTrialsTellNothing() {
        assertThat(Importance.of(trials(19, point -> number(point, "depth"))).shares())
                .isEmpty();
        assertThat(Importance.of(List.of()).shares()).isEmpty();
    }

    @Test
    void comparesByTheFurthestStepThatEnoughCameTo() {
        List<Trial> trials = new ArrayList<>();
        for (Trial trial : trials(60, point -> number(point, "depth"))) {
            Map<String, Double> steps = new LinkedHashMap<>();
            steps.put("impression", number(trial.parameters(), "idle"));
            if (trial.number() < 25) {
                steps.put("fold 1", trial.value());
            }
            if (trial.number() < 10) {
                steps.put("5 folds", trial.value());
            }
            trials.add(new Trial(
                    trial.number(), "", trial.parameters(), Trial.Status.PRUNED, steps, trial.value(), null, "", 0));
        }

        Importance importance = Importance.of(trials);

        assertThat(importance.step()).isEqualTo("fold 1");
        assertThat(importance.trials()).isEqualTo(25);
        assertThat(importance.shares().keySet()).startsWith("depth");
    }

    private static double number(Map<String, Object> point, String name) {
        return ((Number) point.get(name)).doubleValue();
    }

    private static List<Trial> trials(int count, ToDoubleFunction<Map<String, Object>> function) {
        Sampler sampler = Sampler.Kind.RANDOM.over(SPACE, 3);
        List<Trial> trials = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Map<String, Object> point = sampler.suggest(List.of(), number);
            double value = function.applyAsDouble(point);
            trials.add(new Trial(
                    number, "random", point, Trial.Status.FINISHED, Map.of("all", value), value, null, "", 0));
        }
        return trials;
    }
}
