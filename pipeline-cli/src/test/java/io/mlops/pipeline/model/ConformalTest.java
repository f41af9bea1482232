package io.mlops.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.mlops.pipeline.PipelineException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConformalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void allowsTheLevelsThatItsRowsCanPromise() {
        assertThat(intervals(19).allows(0.9)).isTrue();
        assertThat(intervals(18).allows(0.9)).isFalse();
        assertThat(sets(9).allows(0.9)).isTrue();
        assertThat(sets(8).allows(0.9)).isFalse();
        assertThatThrownBy(() -> intervals(19).at(0.91))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("at most 0.9000");
        assertThatThrownBy(() -> sets(9).at(90)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> sets(9).at(Double.NaN)).hasMessageContaining("between 0 and 1");
    }

    @Test
    void putsBoundsAroundANumberByItsRange() {
        Region.Interval interval =
                new Conformal.Intervals(new double[] {5}, List.of(scores(99, 1), scores(99, 10)), "").at(0.9);
        assertThat(interval.lower(4)).isEqualTo(4 + 5);
        assertThat(interval.upper(4)).isEqualTo(4 + 95);
        assertThat(interval.lower(5)).isEqualTo(5 + 50);
        assertThat(interval.size(new double[] {0, 6}, 1)).isEqualTo(900);
        assertThat(interval.covers(new double[] {4}, 0, 99)).isTrue();
        assertThat(interval.covers(new double[] {4}, 0, 99.5)).isFalse();
    }

    @Test
    void saysWhyThereAreNone() {
        Conformal none = new Conformal.None("3 rows were held out");
        assertThat(none.allows(0.01)).isFalse();
        assertThatThrownBy(() -> none.at(0.9))
                .isInstanceOf(PipelineException.class)
                .hasMessage("the model has no intervals: 3 rows were held out");
    }

    @Test
    void survivesJson() throws Exception {
        for (Conformal each : List.of(intervals(30), sets(30), new Conformal.None("no"))) {
            String written = JSON.writeValueAsString(each);
            Conformal read = JSON.readValue(written, Conformal.class);
            assertThat(JSON.writeValueAsString(read)).isEqualTo(written);
            assertThat(read.highest()).isEqualTo(each.highest());
        }
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        for (String text : List.of(
                "{'type':'intervals','edges':[1],'errors':[{'rows':1,'values':[0]}],'source':''}",
                "{'type':'intervals','edges':[2,1],'errors':[{'rows':1,'values':[0]},{'rows':1,'values':[0]},"
                        + "{'rows':1,'values':[0]}],'source':''}",
                "{'type':'sets','improbable':[{'rows':1,'values':[0]},{'rows':1,'values':[0]}],'classes':3,'source':''}",
                "{'type':'sets','improbable':[],'classes':3,'source':''}")) {
            assertThatThrownBy(() -> JSON.readValue(text.replace('\'', '"'), Conformal.class))
                    .isInstanceOf(ValueInstantiationException.class);
        }
    }

    private static Conformal intervals(int rows) {
        return new Conformal.Intervals(new double[0], List.of(scores(rows, 1)), "some rows");
    }

    private static Conformal sets(int rows) {
        return new Conformal.Sets(List.of(scores(rows, 1e-3)), 2, "some rows");
    }

    /** 1 to the number of rows, times a unit. */
    private static ScoreQuantiles scores(int rows, double unit) {
        return ScoreQuantiles.of(
                IntStream.rangeClosed(1, rows).mapToDouble(i -> i * unit).toArray());
    }
}
