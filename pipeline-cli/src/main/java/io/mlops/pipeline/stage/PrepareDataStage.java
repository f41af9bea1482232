package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.preparation.Preparation;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.data.preparation.PreparedSchema;
import io.mlops.pipeline.data.source.FileDigest;
import io.mlops.pipeline.data.source.JoinedSource;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.data.validation.Validation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads, validates, cleans and splits the rows. */
public final class PrepareDataStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "prepare-data";

    /** What a person should know of how the source was read, in the summary. */
    static final String WARNINGS = "warnings";

    /** The names under which the record keeps the numbers of rows. */
    static final String TRAIN_ROWS = "train_rows";

    static final String TEST_ROWS = "test_rows";

    /** Opened once, since standard input can be read only once. */
    private @Nullable Source source;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Inputs inputs(Run run) {
        DataSettings settings = run.config().data();
        Map<String, String> digests = new TreeMap<>();
        digests.put("source", FileDigest.of(source(run).files()));
        testSource(run).ifPresent(test -> digests.put("test_file", FileDigest.of(test.files())));
        Path schema = run.resolve(settings.schema());
        if (Files.exists(schema)) {
            digests.put("schema", Digests.of(schema));
        }
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("data", settings);
        return new Inputs(digests, parameters);
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        Source rows = source(run);
        Reading reading = Reading.of(run, rows);
        PreparedData prepared = new Preparation(
                        reading.schema(),
                        reading.target(),
                        reading.settings(),
                        run.config().seed(),
                        run.progress())
                .prepare(rows, testSource(run).orElse(null), folder);
        Validation validation = prepared.validation();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("rows", validation.rowsRead());
        summary.put(TRAIN_ROWS, prepared.train().count());
        summary.put(TEST_ROWS, prepared.test().count());
        summary.put("target", prepared.schema().target().column());
        summary.put("task", prepared.schema().target().task().name().toLowerCase(Locale.ROOT));
        List<String> notes = new ArrayList<>(reading.notes());
        notes.addAll(rows.warnings());
        summary.put(WARNINGS, List.copyOf(notes));
        notes.add(String.format(
                Locale.ROOT,
                "%,d rows read, %,d usable: %,d to learn from, %,d set aside for the test",
                validation.rowsRead(),
                validation.rowsUsable(),
                prepared.train().count(),
                prepared.test().count()));
        validation.violations().forEach(each -> notes.add("warning: " + each.message()));
        return new Outcome(Map.of(), summary, notes);
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        DataRecord.describe(run, manifest, record);
    }

    /** What this stage found the columns and the target to be. */
    static PreparedSchema schema(Run run) {
        return PreparedData.readSchema(run.folder(NAME));
    }

    /** What decides the side of the split a row falls on: equal digests set the same rows aside. */
    static String splitDigest(Run run) {
        DataSettings settings = run.config().data();
        String by =
                switch (settings.split().by()) {
                    case RANDOM -> "seed " + run.config().seed();
                    case TIME -> "time " + settings.time();
                    case GROUP ->
                        "group " + settings.group() + " seed " + run.config().seed();
                };
        return Digests.of(Json.line(settings.split()) + by);
    }

    static TableFile train(Run run) {
        return TableFile.open(run.folder(NAME).resolve(PreparedData.TRAIN));
    }

    static TableFile test(Run run) {
        return TableFile.open(run.folder(NAME).resolve(PreparedData.TEST));
    }

    private Source source(Run run) {
        if (source == null) {
            DataSettings settings = run.config().data();
            if (settings.source() == null) {
                throw PipelineException.usage(
                        "no source is named: set data.source in pipeline.yaml (see 'mlops init'), or"
                                + " give --input FILE");
            }
            source = open(run, settings.source(), settings.targetFile(), settings.format());
        }
        return source;
    }

    private static Optional<Source> testSource(Run run) {
        DataSettings settings = run.config().data();
        String file = settings.split().testFile();
        return file == null
                ? Optional.empty()
                : Optional.of(open(run, file, settings.split().testTargetFile(), settings.format()));
    }

    private static Source open(Run run, String location, @Nullable String targetFile, FormatSettings format) {
        Source rows = Sources.open(run.locate(location), format);
        return targetFile == null ? rows : new JoinedSource(rows, Sources.open(run.locate(targetFile), format));
    }
}
