package io.mlops.pipeline.bundle.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliesTest {
    @Test
    void everyFamilyHasAGraphOrSaysWhyItHasNone() {
        List<String> names =
                new ArrayList<>(Learners.all().stream().map(Learner::name).toList());
        names.add(EnsembleModel.NAME);
        assertThat(Families.ALL).containsOnlyKeys(names);
    }
}
