package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreQuantilesTest {
    @Test
    void takesTheRankThatPromisesTheShare() {
        for (int rows = 1; rows <= 200; rows++) {
            double[] scores = new Random(rows).doubles(rows).toArray();
            double[] sorted = scores.clone();
            Arrays.sort(sorted);
            ScoreQuantiles quantiles = ScoreQuantiles.of(scores);
            for (int hundredths = 1; hundredths < 100; hundredths++) {
                // In whole numbers, where nothing is rounded.
                int rank = Math.max(1, ((rows + 1) * hundredths + 99) / 100);
                if (rank <= rows) {
                    assertThat(quantiles.upper(hundredths / 100.0)).isEqualTo(sorted[rank - 1]);
                    assertThat(quantiles.lower(hundredths / 100.0)).isEqualTo(sorted[rows - rank]);
                } else {
                    assertThat(quantiles.highest()).isLessThan(hundredths / 100.0);
                }
            }
        }
    }

    @Test
    void keepsFewOfManyScoresAndNeverPromisesLessThanAll() {
        int rows = 123_457;
        double[] scores = new double[rows];
        for (int i = 0; i < rows; i++) {
            scores[i] = i + 1;
        }
        ScoreQuantiles quantiles = ScoreQuantiles.of(scores);
        assertThat(quantiles.values()).hasSize(ScoreQuantiles.MOST);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.95, 0.99, 0.9999}) {
            double exact = Math.ceil((rows + 1) * share);
            assertThat(quantiles.upper(share)).isBetween(exact, exact + rows / 999.0 + 1);
            assertThat(quantiles.lower(share)).isBetween(rows - exact - rows / 999.0, rows + 1 - exact);
        }
    }

    @Test
    void refusesWhatIsNotSorted() {
        assertThatThrownBy(() -> new ScoreQuantiles(2, new double[] {2, 1})).hasMessageContaining("do not ascend");
        assertThatThrownBy(() -> new ScoreQuantiles(2, new double[] {1, Double.NaN}))
                .hasMessageContaining("no numbers");
        assertThatThrownBy(() -> new ScoreQuantiles(1, new double[] {1, 2})).hasMessageContaining("2 values");
        assertThatThrownBy(() -> new ScoreQuantiles(9, new double[0])).hasMessageContaining("0 values");
    }
}
