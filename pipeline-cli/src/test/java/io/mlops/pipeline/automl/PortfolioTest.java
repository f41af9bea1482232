package io.mlops.pipeline.automl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.model.catalog.Learners;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortfolioTest {
    @Test
    void everyCandidateIsReadAndHasANameOfItsOwn() {
        for (Task task : Task.values()) {
            List<Candidate<?>> candidates = of(task, List.of());
            assertThat(candidates).hasSizeGreaterThan(8);
            assertThat(candidates.stream().map(Candidate::name)).doesNotHaveDuplicates();
            assertThat(candidates.get(0).learner().name()).isEqualTo("baseline");
        }
    }

    @Test
    void everyFamilyThatAddsSomethingIsTried() {
        Set<String> tried = new HashSet<>();
        for (Task task : Task.values()) {
            of(task, List.of()).forEach(each -> tried.add(each.learner().name()));
        }
        Set<String> all =
                new HashSet<>(Learners.all().stream().map(each -> each.name()).toList());
        // A single tree is what boosting and forests are made of.
        all.remove("decision_tree");
        assertThat(tried).isEqualTo(all);
    }

    @Test
    void familiesThatTheUserNamesAreTheOnlyOnes() {
        assertThat(of(Task.BINARY, List.of("xgboost", "knn")))
                .extracting(each -> each.learner().name())
                .containsOnly("xgboost", "knn");
    }

    @Test
    void aFamilyThatIsNotTriedIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> of(Task.BINARY, List.of("xgbost")))
                .hasMessageContaining("'xgbost'")
                .hasMessageContaining("neural_network, random_forest");
        assertThatThrownBy(() -> of(Task.REGRESSION, List.of("logistic_regression")))
                .hasMessageContaining("none of logistic_regression");
    }

    private static List<Candidate<?>> of(Task task, List<String> families) {
        return Portfolio.of(task, FeatureSettings.defaults(), families);
    }
}
