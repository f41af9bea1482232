package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
    void survivesJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(new Decision(0.42)), Decision.class))
                .isEqualTo(new Decision(0.42));
    }
}
