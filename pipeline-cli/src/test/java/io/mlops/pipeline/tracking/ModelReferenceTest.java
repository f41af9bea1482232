package io.mlops.pipeline.tracking;

import static io.mlops.pipeline.tracking.ModelRegistryContract.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReferenceTest {
    @Test
    void readsEachSpelling() {
        assertThat(ModelReference.parse("credit@champion")).isEqualTo(new ModelReference.Alias("credit", "champion"));
        assertThat(ModelReference.parse("models:/credit@champion"))
                .isEqualTo(new ModelReference.Alias("credit", "champion"));
        assertThat(ModelReference.parse("credit/3")).isEqualTo(new ModelReference.Version("credit", 3));
        assertThat(ModelReference.parse("models:/credit/3")).isEqualTo(new ModelReference.Version("credit", 3));
        assertThat(ModelReference.parse("some/folder")).isEqualTo(new ModelReference.Folder(Path.of("some/folder")));
        assertThat(ModelReference.parse("models/credit/3"))
                .isEqualTo(new ModelReference.Folder(Path.of("models/credit/3")));
    }

    @Test
    void refusesWhatNamesNothing() {
        for (String text : List.of(
                "models:/credit",
                "models:/../3",
                "models:/a/b/3",
                "..@champion",
                "credit@..",
                "credit/99999999999",
                "a\0b")) {
            assertThatThrownBy(() -> ModelReference.parse(text)).as(text).isInstanceOf(PipelineException.class);
        }
    }

    @Test
    void findsTheFolder(@TempDir Path models, @TempDir Path work) throws IOException {
        ModelRegistry registry = new LocalModelRegistry(models, "credit");
        registry.register(SmallBundle.write(work, "a"), on("2026-01-01"));
        registry.promote(1, "ann", "first");
        Path first = models.resolve("credit/1");
        assertThat(folder(models, "credit@champion")).isEqualTo(first);
        assertThat(folder(models, "models:/credit/1")).isEqualTo(first);
        assertThat(folder(models, first.toString())).isEqualTo(first);
        assertThatThrownBy(() -> folder(models, "credit@challenger"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("no alias 'challenger'; it has [champion]");
        assertThatThrownBy(() -> folder(models, "credit/2")).hasMessageContaining("no version 2");
        assertThatThrownBy(() -> folder(models, "nowhere/at/all")).hasMessageContaining("no bundle.json");
    }

    private static Path folder(Path models, String reference) {
        return ModelReference.parse(reference).folder(name -> new LocalModelRegistry(models, name));
    }
}
