package io.mlops.pipeline.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Dimension;
import io.mlops.pipeline.model.space.Overlay;
import io.mlops.pipeline.model.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the spaces of the families can give. */
class SearchSpacesTest {
    static Stream<Arguments> families() {
        return Learners.all().stream()
                .filter(learner -> !learner.name().equals("baseline"))
                .flatMap(learner -> learner.tasks().stream().map(task -> Arguments.of(learner, task)));
    }

    @ParameterizedTest
    @MethodSource("families")
    <P extends Record> void everyCornerAndDrawnPointIsAValueThatTheFamilyTakes(Learner<P> learner, Task task) {
        Space space = learner.searchSpace(task);
        P defaults = learner.defaults(task);
        assertThat(space.dimensions()).isNotEmpty();

        List<Map<String, Object>> points = new ArrayList<>();
        for (Dimension dimension : space.dimensions()) {
            for (Object value : corners(dimension)) {
                points.add(Map.of(dimension.name(), value));
            }
        }
        for (Sampler.Kind kind : Sampler.Kind.values()) {
            Sampler sampler = kind.over(space, 7);
            for (int number = 0; number < 50; number++) {
                points.add(sampler.suggest(List.of(), number));
            }
        }

        for (Map<String, Object> point : points) {
            Map<String, String> written = new LinkedHashMap<>();
            point.forEach((name, value) -> written.put(name, value.toString()));
            P checked = ConfigLoader.overlay(defaults, written, "train.params");
            assertThat(Overlay.on(defaults, point)).isEqualTo(checked);
            assertThat(Overlay.values(checked)).containsAllEntriesOf(point);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    <P extends Record> void aFirstImpressionIsShorterOrThereIsNone(Learner<P> learner, Task task) {
        P defaults = learner.defaults(task);

        learner.shortened(defaults, 25).ifPresent(shorter -> {
            assertThat(shorter).isNotEqualTo(defaults);
            assertThat(learner.stopsEarly(shorter)).isEqualTo(learner.stopsEarly(defaults));
            assertThat(learner.shortened(shorter, 25)).isEmpty();
        });
    }

    private static List<Object> corners(Dimension dimension) {
        return dimension instanceof Dimension.Numeric numeric
                ? List.of(numeric.at(0), numeric.at(1), numeric.at(-0.5), numeric.at(1.5))
                : List.copyOf(((Dimension.Choice) dimension).choices());
    }
}
