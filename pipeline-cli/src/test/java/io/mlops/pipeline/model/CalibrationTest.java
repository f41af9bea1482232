package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void survivesJson() throws Exception {
        for (Calibration calibration : new Calibration[] {
            new Calibration.None(),
            new Calibration.Platt(0.7, -0.1),
            new Calibration.Temperature(1.3),
            new Calibration.Isotonic(new double[] {0.1, 0.5, 0.9}, new double[] {0.05, 0.05, 0.8})
        }) {
            String written = json.writeValueAsString(calibration);
            assertThat(written).startsWith("{\"type\":\"");
            Calibration read = json.readValue(written, Calibration.class);
            double[] outputs = {0.9, 0.1, 0.7, 0.3, 0.05, 0.95};
            assertThat(read.apply(outputs, 2)).isEqualTo(calibration.apply(outputs, 2));
        }
    }

    @Test
    void givesProbabilitiesThatSumToOne() {
        double[] corrected = new Calibration.Temperature(2).apply(new double[] {0.8, 0.15, 0.05, 1, 0, 0}, 3);
        assertThat(corrected[0] + corrected[1] + corrected[2]).isCloseTo(1, within(1e-12));
        assertThat(corrected[0]).isLessThan(0.8);
        assertThat(corrected[3]).isLessThan(1).isGreaterThan(0.99);
    }

    @Test
    void isotonicIsStraightBetweenItsKnotsAndFlatBeyondThem() {
        Calibration curve = new Calibration.Isotonic(new double[] {0.2, 0.6}, new double[] {0.1, 0.5});
        double[] corrected = curve.apply(new double[] {1, 0, 0.6, 0.4, 0, 1}, 2);
        assertThat(corrected[1]).isEqualTo(0.1);
        assertThat(corrected[3]).isCloseTo(0.3, within(1e-12));
        assertThat(corrected[5]).isEqualTo(0.5);
        assertThat(corrected[4]).isEqualTo(0.5);
    }

    @Test
    void refusesMoreClassesThanItIsFor() {
        assertThatThrownBy(() -> new Calibration.Platt(1, 0).apply(new double[3], 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
