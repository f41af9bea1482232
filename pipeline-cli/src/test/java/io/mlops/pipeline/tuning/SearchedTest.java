package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.tuning.TuneSettings.DimensionSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SearchedTest {
    @Test
    void aRangeReplacesTheFamilysOwn() {
        Searched searched = over("max_depth", range(2.0, 4.0, null));

        assertThat(searched.space().find("max_depth")).isEqualTo(new Dimension.Whole("max_depth", 2, 4, true, null));
        assertThat(searched.fixed()).isEmpty();
    }

    @Test
    void oneEndOfARangeLeavesTheOther() {
        assertThat(over("learning_rate", range(null, 0.1, null)).space().find("learning_rate"))
                .isEqualTo(new Dimension.Real("learning_rate", 0.02, 0.1, true, null));
    }

    @Test
    void aHyperparameterTheFamilyDoesNotSearchCanBeSearched() {
        assertThat(over("gamma", range(0.0, 5.0, null)).space().find("gamma"))
                .isEqualTo(new Dimension.Real("gamma", 0, 5, false, null));
    }

    @Test
    void aValueTakesADimensionAwayAndWhatDependsOnIt() {
        Searched lossguide = over("grow_policy", value("lossguide"));
        Searched depthwise = over("grow_policy", value("depthwise"));

        assertThat(lossguide.fixed()).isEqualTo(Map.of("grow_policy", "lossguide"));
        assertThat(lossguide.space().find("grow_policy")).isNull();
        assertThat(lossguide.space().find("max_leaves").condition()).isNull();
        assertThat(depthwise.space().find("max_leaves")).isNull();
        assertThat(over("max_depth", value("7")).fixed()).isEqualTo(Map.of("max_depth", 7));
    }

    @Test
    void pointsFromElsewhereAreMovedIntoTheUsersRanges() {
        Searched searched = over("max_depth", range(2.0, 4.0, null));

        assertThat(searched.point(Map.of("max_depth", 9, "lambda", 0.0, "rounds", 100)))
                .isEqualTo(Map.of("max_depth", 4, "lambda", 0.0));
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of("max_dept", range(1.0, 2.0, null), "max_depth"),
                Arguments.of("max_depth", range(4.5, 8.0, null), "no whole numbers"),
                Arguments.of("max_depth", range(-1.0, 8.0, null), "not from 0.0 to 30.0"),
                Arguments.of("max_depth", range(20.0, null, null), "above high"),
                Arguments.of("max_depth", value("deep"), "'deep'"),
                Arguments.of("max_depth", value("31"), "not from 0.0 to 30.0"),
                Arguments.of("max_depth", choices("1", "2"), "low and high"),
                Arguments.of("gamma", range(null, 3.0, null), "low and high"),
                Arguments.of("gamma", range(0.0, 3.0, true), "logarithm"),
                Arguments.of("grow_policy", range(0.0, 3.0, null), "give choices"),
                Arguments.of("grow_policy", choices("sideways"), "depthwise, lossguide"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongWithARange(String name, DimensionSettings range, String words) {
        assertThatThrownBy(() -> over(name, range))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("tune.space." + name)
                .hasMessageContaining(words);
    }

    @Test
    void refusesARangeThatIsSeveralThings() {
        assertThatThrownBy(() -> new DimensionSettings("1", 1.0, 2.0, null, List.of()))
                .hasMessageContaining("either");
        assertThatThrownBy(() -> range(3.0, 2.0, null)).hasMessageContaining("above high");
    }

    private static Searched over(String name, DimensionSettings range) {
        Learner<?> learner = Learners.named("xgboost");
        return Searched.of(learner.searchSpace(Task.BINARY), learner.defaults(Task.BINARY), Map.of(name, range));
    }

    private static DimensionSettings range(@Nullable Double low, @Nullable Double high, @Nullable Boolean log) {
        return new DimensionSettings(null, low, high, log, List.of());
    }

    private static DimensionSettings value(String value) {
        return new DimensionSettings(value, null, null, null, List.of());
    }

    private static DimensionSettings choices(String... choices) {
        return new DimensionSettings(null, null, null, null, List.of(choices));
    }
}
