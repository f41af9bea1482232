package io.mlops.pipeline.model.tribuo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.TrainingSet;
import org.junit.jupiter.api.Test;

/** What Tribuo could not hold is refused before it is copied, with the estimate and the alternative. */
class SizeGuardTest {
    private final TrainingSet rows = Generated.rows(Task.BINARY, View.LINEAR, 20_000, 1);

    @Test
    void refusesWhatDoesNotFitAndNamesTheAlternative() {
        assertThatThrownBy(() -> Examples.requireRoom("svm", rows, 1 << 20))
                .isInstanceOf(PipelineException.class)
                .hasMessageContainingAll("'svm'", "20,000 rows", "may use 1 MB", "'xgboost'", "-Xmx");
    }

    @Test
    void takesWhatFits() {
        assertThatCode(() -> Examples.requireRoom("svm", rows, 1L << 30)).doesNotThrowAnyException();
    }
}
