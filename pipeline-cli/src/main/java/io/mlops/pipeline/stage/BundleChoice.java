package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.ModelReference;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bundle that a user means.
 *
 * @param name for people
 */
public record BundleChoice(String name, Path folder) {
    /**
     * Finds a bundle.
     *
     * @param reference a folder, {@code name@alias}, {@code name/3} or the name of a model in {@code models/}; null for the
     *     project's champion, else the model that was trained last
     * @throws PipelineException where there is none
     */
    public static BundleChoice of(Run run, @Nullable String reference) {
        if (reference == null) {
            return usual(run);
        }
        boolean plainName = !reference.contains("@") && !reference.contains("/");
        if (plainName && Files.isDirectory(run.models().resolve(reference))) {
            Optional<BundleChoice> chosen = ofModel(run, reference);
            if (chosen.isPresent()) {
                return chosen.get();
            }
        }
        ModelReference parsed = ModelReference.parse(reference);
        if (parsed instanceof ModelReference.Folder) {
            parsed = new ModelReference.Folder(run.resolve(reference));
        }
        return new BundleChoice(reference, parsed.folder(run.tracking()::registry));
    }

    private static BundleChoice usual(Run run) {
        return ofModel(run, run.config().name())
                .or(() -> ofRun(run.folder()))
                .or(() -> ofRun(run.runs().resolve("latest")))
                .orElseThrow(() -> PipelineException.usage(
                        "there is no model yet: train one with 'mlops run', or name one" + " with --model"));
    }

    private static Optional<BundleChoice> ofRun(Path run) {
        Path bundle = run.resolve(TrainStage.NAME).resolve(TrainStage.BUNDLE);
        return Files.isDirectory(bundle) ? Optional.of(new BundleChoice(bundle.toString(), bundle)) : Optional.empty();
    }

    /** The champion of a model, else the one that was trained last. */
    private static Optional<BundleChoice> ofModel(Run run, String name) {
        ModelRegistry registry = run.tracking().registry(name);
        Optional<ModelVersion> champion = registry.champion();
        if (champion.isPresent()) {
            int version = champion.get().number();
            return Optional.of(new BundleChoice(name + " version " + version, registry.folder(version)));
        }
        Path candidate = run.models().resolve(name).resolve(ProcessedFiles.CANDIDATE);
        return Files.isDirectory(candidate)
                ? Optional.of(new BundleChoice(candidate.toString(), candidate))
                : Optional.empty();
    }
}
