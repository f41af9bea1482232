package io.mlops.pipeline.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.catalog.Learners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A complete saved model: a folder of open formats that scores raw rows wherever it is taken.
 *
 * @param name what it is called
 * @param learner the family of its model
 * @param digest the SHA-256 that names it: of its index, which lists that of every file
 * @param contents all that was written
 */
public record Bundle(String name, String learner, String digest, Contents contents) {
    private static final String SCHEMA = "schema.json";
    private static final String CELLS = "cells.json";
    private static final String PREPROCESSOR = "preprocessor.json";
    private static final String CALIBRATION = "calibration.json";
    private static final String DECISION = "decision.json";
    private static final String CONFORMAL = "conformal.json";
    private static final String PROFILE = "profile.json";
    private static final List<String> FILES = List.of(SCHEMA, CELLS, PREPROCESSOR, CALIBRATION, DECISION, PROFILE);

    /** The format of bundles from before there were intervals and costs. */
    private static final int WITHOUT_CONFORMAL = 1;

    /**
     * What a bundle holds.
     *
     * @param schema the columns of the rows it scores
     * @param cells how their cells are written
     * @param conformal what intervals or sets of classes follow from
     * @param profile what the columns of the training rows looked like
     */
    public record Contents(
            Target target,
            TableSchema schema,
            CellFormat cells,
            Preprocessor preprocessor,
            TrainedModel model,
            Calibration calibration,
            Decision decision,
            Conformal conformal,
            JsonNode profile,
            Provenance provenance) {

        /** Scores rows without going through files. */
        public Scorer scorer() {
            return new Scorer(target, preprocessor, model, calibration, decision);
        }
    }

    /** What scores rows. */
    public Scorer scorer() {
        return contents.scorer();
    }

    public Target target() {
        return contents.target();
    }

    public TableSchema schema() {
        return contents.schema();
    }

    /** How the cells of the rows that it scores are written. */
    public CellFormat cells() {
        return contents.cells();
    }

    public Provenance provenance() {
        return contents.provenance();
    }

    /** Writes a bundle into a folder that is empty or does not exist. */
    public static Bundle write(Path folder, String name, Contents contents) {
        BundleFiles files = new BundleFiles(folder);
        try {
            Files.createDirectories(files.resolve(BundleFiles.MODEL));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the bundle " + folder, e);
        }
        files.write(SCHEMA, contents.schema());
        files.write(CELLS, contents.cells());
        files.write(PREPROCESSOR, contents.preprocessor().toJson());
        contents.model().save(files.resolve(BundleFiles.MODEL));
        files.write(CALIBRATION, contents.calibration());
        files.write(DECISION, contents.decision());
        files.write(CONFORMAL, contents.conformal());
        files.write(PROFILE, contents.profile());
        files.writeIndex(name, contents.model().learner(), contents);
        return new Bundle(name, contents.model().learner(), files.digest(), contents);
    }

    /**
     * Reads a bundle.
     *
     * @throws io.mlops.pipeline.PipelineException where a file is missing, was changed, leads out of the folder, or was
     *     written by a newer version
     */
    public static Bundle load(Path folder) {
        BundleFiles files = new BundleFiles(folder);
        BundleIndex index = files.verify(FILES);
        Preprocessor preprocessor = Preprocessor.fromJson(files.read(PREPROCESSOR, JsonNode.class));
        boolean old = index.formatVersion() == WITHOUT_CONFORMAL;
        TrainedModel model = Learners.load(
                index.learner(), files.resolve(BundleFiles.MODEL), index.target(), preprocessor.features());
        Contents contents = new Contents(
                index.target(),
                files.read(SCHEMA, TableSchema.class),
                files.read(CELLS, CellFormat.class),
                preprocessor,
                model,
                files.read(CALIBRATION, Calibration.class),
                old
                        ? new Decision(files.read(DECISION, JsonNode.class)
                                .path("threshold")
                                .asDouble(Decision.defaults().threshold()))
                        : files.read(DECISION, Decision.class),
                old
                        ? new Conformal.None("it was trained before there were any; train it again")
                        : conformal(files, index),
                files.read(PROFILE, JsonNode.class),
                index.provenance());
        return new Bundle(index.name(), index.learner(), files.digest(), contents);
    }

    /** Those of the target's classes, or of a number. */
    private static Conformal conformal(BundleFiles files, BundleIndex index) {
        if (!index.files().containsKey(CONFORMAL)) {
            throw files.damaged(CONFORMAL, "is not listed in " + BundleFiles.INDEX);
        }
        Conformal conformal = files.read(CONFORMAL, Conformal.class);
        int classes = index.target().classes().size();
        boolean fits = conformal instanceof Conformal.Sets sets
                ? sets.classes() == classes
                : !(conformal instanceof Conformal.Intervals) || classes == 0;
        if (!fits) {
            throw files.damaged(CONFORMAL, "does not fit the target of the model");
        }
        return conformal;
    }

    /**
     * The digest of the bundle in a folder, after checking every file of it.
     *
     * @throws io.mlops.pipeline.PipelineException where {@link #load} would refuse the folder
     */
    public static String verify(Path folder) {
        BundleFiles files = new BundleFiles(folder);
        files.verify(FILES);
        return files.digest();
    }
}
