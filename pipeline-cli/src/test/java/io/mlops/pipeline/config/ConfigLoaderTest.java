package io.mlops.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheDefaultOfWhatIsNotGiven() throws IOException {
        PipelineConfig config = load("name: credit\ndata:\n  target: y\n");

        assertThat(config.name()).isEqualTo("credit");
        assertThat(config.data().target()).isEqualTo("y");
        assertThat(config.seed()).isEqualTo(PipelineConfig.defaults().seed());
        assertThat(config.data().split()).isEqualTo(DataSettings.defaults().split());
    }

    @Test
    void anEmptyFileIsTheDefaults() throws IOException {
        assertThat(load("# nothing\n")).isEqualTo(PipelineConfig.defaults());
    }

    @Test
    void readsListsEnumsAndNestedRecords() throws IOException {
        PipelineConfig config = load("""
                data:
                  task: binary
                  id: [a, b]
                  ignore: one
                  split: {by: time, test: 0.3}
                  expectations:
                    - {rule: min_rows, value: 10, severity: warn}
                """);

        assertThat(config.data().task()).isEqualTo(Task.BINARY);
        assertThat(config.data().id()).containsExactly("a", "b");
        assertThat(config.data().ignore()).containsExactly("one");
        assertThat(config.data().split().by()).isEqualTo(DataSettings.SplitSettings.By.TIME);
        assertThat(config.data().expectations()).hasSize(1);
    }

    @Test
    void reportsAllProblemsAtOnceWithFileLineAndNearestKey() {
        assertThatThrownBy(() -> load("sed: 1\ndata:\n  split:\n    test: 1.5\n  taget: y\nthreads: many\n"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("pipeline.yaml:1: unknown key 'sed'; did you mean 'seed'?")
                .hasMessageContaining("pipeline.yaml:4: data.split.test: 1.5 is above 0.9, the largest allowed")
                .hasMessageContaining("pipeline.yaml:5: unknown key 'data.taget'; did you mean 'target'?")
                .hasMessageContaining("pipeline.yaml:6: threads: 'many' is not a whole number");
    }

    @Test
    void singleKeysWinOverTheProfileAndTheProfileOverTheFile() throws IOException {
        Path file = write("seed: 1\nname: a\nthreads: 1\nprofiles:\n  fast: {seed: 2, name: b}\n");

        PipelineConfig config =
                ConfigLoader.load(file, "fast", Map.of("name", "c", "data.split.test", "0.5"), Map.of());

        assertThat(config.seed()).isEqualTo(2);
        assertThat(config.name()).isEqualTo("c");
        assertThat(config.threads()).isEqualTo(1);
        assertThat(config.data().split().test()).isEqualTo(0.5);
    }

    @Test
    void namesTheProfilesThereAreWhenOneIsUnknown() throws IOException {
        Path file = write("profiles:\n  fast: {seed: 2}\n");

        assertThatThrownBy(() -> ConfigLoader.load(file, "slow", Map.of(), Map.of()))
                .hasMessageContaining("no such profile")
                .hasMessageContaining("fast");
    }

    @Test
    void checksProfilesThatAreNotChosen() {
        assertThatThrownBy(() -> load("profiles:\n  fast: {sead: 2}\n")).hasMessageContaining("did you mean 'seed'");
    }

    @Test
    void refusesABombOfAliases() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(8))
                    .append("*a%d]\n".formatted(i - 1));
        }
        assertThatThrownBy(() -> load(bomb.toString())).isInstanceOf(PipelineException.class);
    }

    @Test
    void refusesAListThatHoldsItself() {
        assertThatThrownBy(() -> load("name: &a [*a]\n")).isInstanceOf(PipelineException.class);
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        assertThatThrownBy(() -> load("seed: 1\nseed: 2\n")).hasMessageContaining("'seed' stands here twice");
    }

    @Test
    void saysTheLineOfBrokenYaml() {
        assertThatThrownBy(() -> load("name: a\ndata: [1, 2\n"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("not valid yaml");
    }

    @Test
    void flagsAreTakenLiterally() {
        PipelineConfig config =
                ConfigLoader.load(null, null, Map.of("name", "[a]"), Map.of("data.source", "a: b #c", "name", "x"));

        assertThat(config.data().source()).isEqualTo("a: b #c");
        assertThat(config.name()).isEqualTo("x");
    }

    private PipelineConfig load(String yaml) throws IOException {
        return ConfigLoader.load(write(yaml), null, Map.of(), Map.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("pipeline.yaml"), yaml);
    }
}
