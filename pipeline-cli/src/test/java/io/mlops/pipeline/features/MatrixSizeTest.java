package io.mlops.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MatrixSizeTest {
    private static final List<Feature> FEATURES = Stream.concat(
                    Stream.of(new Feature("age", "age", 0)),
                    IntStream.range(0, 999).mapToObj(i -> new Feature("city=" + i, "city", 0, true)))
            .toList();

    @Test
    void givesTheLengthOfAMatrixThatFits() {
        assertThat(MatrixSize.check(1000, FEATURES, 4_000_000)).isEqualTo(1_000_000);
    }

    @Test
    void refusesAMatrixThatDoesNotFitAndNamesTheColumnToBlame() {
        assertThatThrownBy(() -> MatrixSize.check(1001, FEATURES, 4_000_000))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("'city' (999)");
    }

    @Test
    void refusesAMatrixLongerThanAnArray() {
        assertThatThrownBy(() -> MatrixSize.check(3_000_000, FEATURES, Long.MAX_VALUE))
                .hasMessageContaining("12.0 GB");
    }
}
