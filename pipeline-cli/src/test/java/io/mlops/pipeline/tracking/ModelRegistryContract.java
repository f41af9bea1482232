package io.mlops.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import io.mlops.pipeline.tracking.HistoryEntry.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every registry keeps to. */
public interface ModelRegistryContract {
    /** An empty registry. */
    ModelRegistry registry();

    @Test
    default void numbersVersionsFromOneOn(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        assertThat(registry.versions()).isEmpty();
        ModelVersion first = registry.register(SmallBundle.write(folder, "a"), on("2026-01-01"));
        ModelVersion second = registry.register(SmallBundle.write(folder, "b"), on("2026-01-02"));
        assertThat(List.of(first.number(), second.number())).containsExactly(1, 2);
        assertThat(registry.versions()).containsExactly(first, second);
        assertThat(registry.version(2)).isEqualTo(second);
        assertThat(second.runDate()).isEqualTo("2026-01-02");
        assertThat(second.verdict()).isEqualTo(Outcome.BETTER);
        assertThat(second.metrics()).containsEntry("auc", 0.8);
    }

    @Test
    default void keepsTheBundleAsItWas(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        Path bundle = SmallBundle.write(folder, "a");
        registry.register(bundle, on("2026-01-01"));
        Files.writeString(bundle.resolve("model/weights.json"), "changed");
        Path kept = registry.folder(1);
        assertThat(kept.resolve("model/weights.json")).hasContent("a");
        assertThat(Bundle.verify(kept)).isEqualTo(registry.version(1).digest());
    }

    @Test
    default void registersTheSameBundleOfADateOnce(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        ModelVersion first = registry.register(SmallBundle.write(folder, "a"), on("2026-01-01"));
        assertThat(registry.register(SmallBundle.write(folder, "a"), on("2026-01-01")))
                .isEqualTo(first);
        assertThat(registry.register(SmallBundle.write(folder, "a"), on("2026-01-02"))
                        .number())
                .isEqualTo(2);
        assertThat(registry.register(SmallBundle.write(folder, "b"), on("2026-01-01"))
                        .number())
                .isEqualTo(3);
    }

    @Test
    default void movesTheAliases(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        register(registry, folder, 2);
        assertThat(registry.aliases()).containsExactly(Map.entry("challenger", 2));
        assertThat(registry.champion()).isEmpty();
        registry.promote(1, "ann", "because");
        assertThat(registry.aliases()).containsExactly(Map.entry("challenger", 2), Map.entry("champion", 1));
        registry.promote(2, "bob", "better");
        assertThat(registry.aliases()).containsExactly(Map.entry("champion", 2));
        registry.point("stable", 1, "bob", "for the branch offices");
        assertThat(registry.alias("stable")).contains(registry.version(1));
        assertThat(registry.champion()).contains(registry.version(2));
    }

    @Test
    default void remembersWhoDidWhatAndWhy(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        register(registry, folder, 2);
        registry.promote(1, "ann", "because");
        registry.promote(2, "bob", "better");
        registry.promote(2, "bob", "again");
        registry.rollback("ann", "it was not");
        List<HistoryEntry> history = registry.history();
        assertThat(history)
                .extracting(HistoryEntry::action)
                .containsExactly(
                        Action.REGISTERED, Action.REGISTERED, Action.PROMOTED, Action.PROMOTED, Action.ROLLED_BACK);
        HistoryEntry last = history.get(4);
        assertThat(List.of(last.version(), last.alias(), last.by(), last.why()))
                .containsExactly(1, "champion", "ann", "it was not");
        assertThat(last.from()).isEqualTo(2);
        assertThat(last.at()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    }

    @Test
    default void rollsBackFurtherEachTime(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        register(registry, folder, 4);
        for (int version = 1; version <= 3; version++) {
            registry.promote(version, "ann", "better");
        }
        assertThat(registry.rollback("ann", "no").number()).isEqualTo(2);
        registry.promote(4, "ann", "better");
        assertThat(registry.rollback("ann", "no").number()).isEqualTo(2);
        assertThat(registry.rollback("ann", "no").number()).isEqualTo(1);
        assertThatThrownBy(() -> registry.rollback("ann", "no"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("version 1 is the first champion");
        assertThat(registry.champion()).contains(registry.version(1));
    }

    @Test
    default void tellsTheChampionThatARerunHasToBeat(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        assertThat(registry.championBefore("2026-01-01")).isEmpty();
        registry.register(SmallBundle.write(folder, "1"), on("2026-01-01"));
        registry.promote(1, "ann", "first");
        registry.register(SmallBundle.write(folder, "2"), on("2026-01-02"));
        registry.promote(2, "ann", "better");
        assertThat(registry.championBefore("2026-01-01")).contains(registry.version(2));
        assertThat(registry.championBefore("2026-01-02")).contains(registry.version(1));
        assertThat(registry.championBefore("2026-01-03")).contains(registry.version(2));
        registry.rollback("ann", "no");
        assertThat(registry.championBefore("2026-01-03")).contains(registry.version(1));
        assertThat(registry.championBefore("2026-01-01")).contains(registry.version(2));
    }

    @Test
    default void refusesWhatDoesNotExistAndChangesNothing(@TempDir Path folder) throws IOException {
        ModelRegistry registry = registry();
        register(registry, folder, 1);
        List<HistoryEntry> before = registry.history();
        assertThatThrownBy(() -> registry.promote(7, "ann", "typo"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("no version 7")
                .hasMessageContaining("newest is 1");
        assertThatThrownBy(() -> registry.rollback("ann", "no"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("no champion");
        assertThatThrownBy(() -> registry.point("../x", 1, "ann", "trick")).isInstanceOf(PipelineException.class);
        assertThatThrownBy(() -> registry.register(Files.createDirectory(folder.resolve("empty")), on("2026-01-01")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("bundle.json");
        Path damaged = SmallBundle.write(folder, "damaged");
        Files.writeString(damaged.resolve("model/weights.json"), "changed");
        assertThatThrownBy(() -> registry.register(damaged, on("2026-01-01")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("weights.json");
        assertThat(registry.history()).isEqualTo(before);
    }

    static Registration on(String runDate) {
        return new Registration(runDate, null, "ann", "AUC 0.8", Outcome.BETTER, Map.of("auc", 0.8), "");
    }

    private static void register(ModelRegistry registry, Path folder, int versions) throws IOException {
        for (int version = 1; version <= versions; version++) {
            registry.register(SmallBundle.write(folder, "v" + version), on("2026-01-0" + version));
        }
    }
}
