package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
    @Test
    void takesThePositiveClassFromTheThresholdOn() {
        Decision decision = new Decision(0.3);
        double[] outputs = {0.7, 0.3, 0.71, 0.29};
        assertThat(decision.decide(outputs, 0, 2)).isEqualTo(1);
        assertThat(decision.decide(outputs, 2, 2)).isZero();
    }

    @Test
    void takesTheMostProbableOfMoreClasses() {
        assertThat(Decision.defaults().decide(new double[] {9, 0.2, 0.3, 0.5}, 1, 3))
                .isEqualTo(2);
    }

    @Test
    void takesTheClassThatIsExpectedToCostTheLeast() {
        double[] outputs = {0.6, 0.3, 0.1};
        Costs costs = new Costs(new double[][] {{0, 1, 1}, {1, 0, 1}, {20, 20, 0}});
        assertThat(new Decision(0.5, costs).decide(outputs, 0, 3)).isEqualTo(2);
        assertThat(new Decision(0.5).decide(outputs, 0, 3)).isZero();
        // Of two classes costs have set the threshold before.
        assertThat(new Decision(0.2, Costs.binary(1, 4)).decide(new double[] {0.8, 0.2}, 0, 2))
                .isEqualTo(1);
    }

    @Test
    void survivesJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        for (Decision each : List.of(
                new Decision(0.42), new Decision(0.5, new Costs(new double[][] {{0, 1, 2}, {3, 0, 4}, {5, 6, 0}})))) {
            assertThat(json.readValue(json.writeValueAsString(each), Decision.class))
                    .isEqualTo(each);
        }
    }
}
