package io.mlops.pipeline.automl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Overlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The models of a search on disk, each as soon as it is fitted, so that a search that was killed goes on and memory holds
 * only those under way. Where they cannot be written, the search goes on without.
 */
final class Checkpoints {
    private static final String FACTS = "fold.json";
    private static final String OUTPUTS = "outputs.bin";
    private static final String PROGRESS = "progress.json";
    private static final String MODEL = "model";
    private static final String PREPROCESSOR = "preprocessor.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Target target;
    private volatile @Nullable String problem;

    /** What is kept of a fit beside its files. */
    record Facts(String learner, double seconds, double microseconds, boolean cut) {}

    /** How long the search had taken. */
    record Progress(double seconds) {}

    /**
     * Those of one search.
     *
     * @param folder of this search alone: its name stands for all that the models depend on
     */
    Checkpoints(Path folder, Target target) {
        this.folder = folder;
        this.target = target;
    }

    /**
     * The model of a candidate on a fold, where it was fitted before.
     *
     * @param count how many numbers it gave the rows held out
     */
    Optional<FoldModel> find(Candidate<?> candidate, int fold, int folds, int count) {
        Path place = place(candidate, fold, folds);
        if (!Files.exists(place.resolve(FACTS))) {
            return Optional.empty();
        }
        try {
            Facts facts = ModelFiles.readJson(place.resolve(FACTS), Facts.class);
            JsonNode json = JSON.readTree(place.resolve(PREPROCESSOR).toFile());
            Preprocessor preprocessor = Preprocessor.fromJson(json);
            TrainedModel model = stored(place, facts.learner(), preprocessor);
            StoredModel.inMemory(model);
            ByteBuffer bytes = ByteBuffer.wrap(ModelFiles.readBytes(place.resolve(OUTPUTS)));
            double[] outputs = new double[bytes.remaining() / Double.BYTES];
            bytes.asDoubleBuffer().get(outputs);
            if (outputs.length != count) {
                throw ModelFiles.damaged(place.resolve(OUTPUTS), "it has " + outputs.length + " numbers, not " + count);
            }
            return Optional.of(
                    new FoldModel(model, preprocessor, outputs, facts.seconds(), facts.microseconds(), facts.cut()));
        } catch (PipelineException | IOException e) {
            // Damaged: fitted anew.
            Folders.delete(place);
            return Optional.empty();
        }
    }

    private TrainedModel stored(Path place, String learner, Preprocessor preprocessor) {
        Path model = place.resolve(MODEL);
        return new StoredModel(learner, model, () -> Learners.load(learner, model, target, preprocessor.features()));
    }

    /** How many seconds an earlier try has taken; 0 where there was none. */
    double secondsUsed() {
        try {
            return Files.exists(folder.resolve(PROGRESS))
                    ? ModelFiles.readJson(folder.resolve(PROGRESS), Progress.class)
                            .seconds()
                    : 0;
        } catch (PipelineException e) {
            delete();
            return 0;
        }
    }

    /** Keeps how long the search has taken. */
    synchronized void keep(double seconds) {
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve(PROGRESS + ".tmp");
            ModelFiles.writeJson(temporary, new Progress(seconds));
            Files.move(temporary, folder.resolve(PROGRESS), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException | PipelineException e) {
            failed(e);
        }
    }

    /** Keeps a model; gives the same, read from where it is kept. */
    FoldModel keep(Candidate<?> candidate, int fold, int folds, FoldModel fitted) {
        Path place = place(candidate, fold, folds);
        TrainedModel model = fitted.model();
        Path temporary = place.resolveSibling(place.getFileName() + ".tmp");
        try {
            Folders.delete(temporary);
            Files.createDirectories(temporary.resolve(MODEL));
            model.save(temporary.resolve(MODEL));
            JSON.writeValue(
                    temporary.resolve(PREPROCESSOR).toFile(),
                    fitted.preprocessor().toJson());
            ByteBuffer bytes = ByteBuffer.allocate(fitted.outputs().length * Double.BYTES);
            bytes.asDoubleBuffer().put(fitted.outputs());
            ModelFiles.writeBytes(temporary.resolve(OUTPUTS), bytes.array());
            ModelFiles.writeJson(
                    temporary.resolve(FACTS),
                    new Facts(model.learner(), fitted.seconds(), fitted.microseconds(), fitted.cut()));
            Files.move(temporary, place);
            return fitted.with(stored(place, model.learner(), fitted.preprocessor()));
        } catch (IOException | UncheckedIOException | PipelineException e) {
            failed(e);
            // Where the disk is full, half a model would only take the room that the result needs.
            Folders.delete(temporary);
            return fitted;
        }
    }

    private void failed(Exception e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FileSystemException named && named.getReason() == null) {
            problem = named.getFile() + " cannot be written";
        } else {
            problem = cause instanceof PipelineException known ? known.message() : String.valueOf(cause.getMessage());
        }
    }

    /** Why some model could not be kept; empty where all were. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Removes all: the search has ended. */
    void delete() {
        Folders.delete(folder);
    }

    private Path place(Candidate<?> candidate, int fold, int folds) {
        String name = candidate.name().replaceAll("[^a-z0-9]+", "-");
        // Proposals of one name differ from try to try.
        int parameters = Overlay.values(candidate.parameters()).toString().hashCode();
        return folder.resolve(name + "-" + Integer.toHexString(parameters)).resolve(fold + "-of-" + folds);
    }
}
