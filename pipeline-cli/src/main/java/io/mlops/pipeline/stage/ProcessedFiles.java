package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.source.FileDigest;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.data.store.CsvExport;
import io.mlops.pipeline.data.store.CsvRecords;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.files.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The CSV files under {@code data/processed} and the copies under {@code models} through which stages can be joined by
 * file names, without a configuration.
 */
public final class ProcessedFiles {
    static final String CANDIDATE = "candidate";
    private static final String RECORD = "exports.json";

    private final Run run;

    public ProcessedFiles(Run run) {
        this.run = run;
    }

    /**
     * Writes the rows of prepare-data as CSV.
     *
     * @param combined whether the target stands in the same file as the rest
     */
    public List<Path> write(boolean combined) {
        Path folder = run.resolve("data").resolve("processed");
        String target = PrepareDataStage.schema(run).target().column();
        Folders.create(folder);
        List<Path> written = new ArrayList<>();
        for (boolean test : new boolean[] {false, true}) {
            Rows rows = test ? PrepareDataStage.test(run) : PrepareDataStage.train(run);
            if (combined) {
                Path file = folder.resolve(test ? "test.csv" : "data.csv");
                CsvExport.write(rows, file);
                written.add(file);
            } else {
                Path features = folder.resolve(test ? "X_test.csv" : "X.csv");
                Path labels = folder.resolve(test ? "y_test.csv" : "y.csv");
                CsvExport.writeWithout(rows, target, features);
                CsvExport.write(rows, List.of(target), labels);
                written.add(features);
                written.add(labels);
            }
        }
        Map<String, String> record = new LinkedHashMap<>();
        written.forEach(file -> record.put(key(file), FileDigest.of(file)));
        Json.write(run.folder().resolve(RECORD), record);
        return List.copyOf(written);
    }

    /** Whether a file is one that {@link #write} made from this run, unchanged since: then the run itself is meant. */
    public boolean isOwn(String file) {
        Path path = run.resolve(file);
        try {
            Map<?, ?> record = Json.read(run.folder().resolve(RECORD), Map.class);
            return Files.isRegularFile(path) && FileDigest.of(path).equals(record.get(key(path)));
        } catch (IOException e) {
            return false;
        }
    }

    private static String key(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    /** The file with the target beside one with features: {@code y_train.csv} beside {@code X_train.csv}. */
    public static String targetBeside(Run run, String features) {
        Path path = Path.of(features);
        String name = path.getFileName().toString();
        Path beside = path.resolveSibling(name.replaceFirst("^X", "y"));
        if (!name.startsWith("X") || !Files.isRegularFile(run.resolve(beside.toString()))) {
            throw PipelineException.usage(
                    features + ": where is its target? Put it into " + path.resolveSibling("y.csv")
                            + " (beside X.csv), name it with --y-train, or name its column with --target");
        }
        return beside.toString();
    }

    /** The keys of the configuration that make files of the user's the source of a run. */
    public static Map<String, String> keysFor(Run run, String train, @Nullable String target, @Nullable String test) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("data.source", train);
        if (target != null) {
            keys.put("data.target_file", target);
            keys.put("data.target", targetName(run, target));
        }
        if (test == null) {
            keys.put("data.split.test", "0");
        } else {
            keys.put("data.split.test_file", test);
            if (target != null) {
                keys.put("data.split.test_target_file", targetBeside(run, test));
            }
        }
        return keys;
    }

    private static String targetName(Run run, String file) {
        return Sources.open(run.locate(file), run.config().data().format())
                .columns()
                .get(0);
    }

    /** Copies the fitted preprocessor to {@code models/preprocessor.json}. */
    public Path writePreprocessor() {
        Path copy = run.models().resolve(PrepareFeaturesStage.PREPROCESSOR);
        try (PartialFile file = PartialFile.of(copy)) {
            Files.copy(
                    run.folder(PrepareFeaturesStage.NAME).resolve(PrepareFeaturesStage.PREPROCESSOR),
                    file.path(),
                    StandardCopyOption.REPLACE_EXISTING);
            file.publish();
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the features that linear models see, of training and test rows, where a file is named for them. */
    public List<Path> writeFeatures(@Nullable Path train, @Nullable Path test) {
        List<Path> written = new ArrayList<>();
        Preprocessor preprocessor = PrepareFeaturesStage.read(
                run.folder(PrepareFeaturesStage.NAME).resolve(PrepareFeaturesStage.PREPROCESSOR), View.LINEAR);
        if (train != null) {
            write(preprocessor.transformTraining(PrepareDataStage.train(run)), run.resolve(train.toString()));
            written.add(train);
        }
        if (test != null) {
            write(preprocessor.transform(PrepareDataStage.test(run)), run.resolve(test.toString()));
            written.add(test);
        }
        return written;
    }

    /** Copies the bundle to {@code models/<name>/candidate}. */
    public Path writeCandidate() {
        Path place = run.models().resolve(TrainStage.modelName(run)).resolve(CANDIDATE);
        Path temporary = place.resolveSibling("." + CANDIDATE + ".partial");
        Folders.delete(temporary);
        Folders.copy(run.folder(TrainStage.NAME).resolve(TrainStage.BUNDLE), temporary);
        Folders.replace(temporary, place, place.resolveSibling("." + CANDIDATE + ".old"));
        return place;
    }

    private static void write(FeatureMatrix matrix, Path whole) {
        try (PartialFile file = PartialFile.of(whole)) {
            try (CsvRecords csv = new CsvRecords(file.path())) {
                csv.write(matrix.features().stream().map(Feature::name).toList());
                String[] line = new String[matrix.columns()];
                for (int row = 0; row < matrix.rows(); row++) {
                    for (int column = 0; column < line.length; column++) {
                        float value = matrix.get(row, column);
                        line[column] = Float.isNaN(value) ? "" : Float.toString(value);
                    }
                    csv.write(line);
                }
            }
            file.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
