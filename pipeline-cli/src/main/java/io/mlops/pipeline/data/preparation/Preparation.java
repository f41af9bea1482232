package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ChunkRows;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.profile.Profile;
import io.mlops.pipeline.data.profile.Profiler;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.split.Split;
import io.mlops.pipeline.data.split.Splitter;
import io.mlops.pipeline.data.split.Splitters;
import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.data.store.TableFileWriter;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.data.validation.Violation;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * Reads a source, checks it, divides its rows and profiles those to learn from.
 *
 * <p>A first pass types and checks the rows and keeps them in a temporary file; with what it learned a second one divides
 * them. What is learned for use by a model comes from training rows alone.
 */
public final class Preparation {
    private final TableSchema schema;
    private final TargetChoice target;
    private final DataSettings settings;
    private final long seed;
    private final Progress progress;

    public Preparation(TableSchema schema, TargetChoice target, DataSettings settings, long seed, Progress progress) {
        this.schema = schema;
        this.target = target;
        this.settings = settings;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Prepares a source into a folder.
     *
     * @param testSource the rows that the user set aside; replaces the split
     * @param folder exists; where the batch is refused it holds {@code rejected.csv}, and {@code validation.json} where the
     *     rules decided
     * @throws PipelineException where the batch is refused
     */
    public PreparedData prepare(Source source, @Nullable Source testSource, Path folder) {
        Gate gate = new Gate(schema, target, settings, progress);
        TableSchema read = gate.schema(source);
        Splitter splitter = testSource == null ? Splitters.of(settings, read, target, seed) : Splitters.none();
        Path checkedFile = folder.resolve("checked.arrow.tmp");
        Path testFile = folder.resolve("checked-test.arrow.tmp");
        try {
            CheckedRows checked =
                    gate.read(source, checkedFile, folder.resolve(PreparedData.REJECTED), splitter::accept);
            CheckedRows test = null;
            Validation validation = checked.validation();
            if (testSource != null) {
                test = gate.read(testSource, testFile, folder.resolve("rejected_test.csv"), chunk -> {});
                validation = withTest(checked, test);
            }
            write(folder.resolve(PreparedData.VALIDATION), validation);
            refuse(source, validation);
            Target resolved = TargetClasses.resolve(target, checked.classes());
            return divide(checked, test, splitter.finish(), resolved, validation, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        } finally {
            delete(checkedFile);
            delete(testFile);
        }
    }

    private static void refuse(Source source, Validation validation) {
        List<Violation> failures = validation.failures();
        if (!failures.isEmpty()) {
            throw PipelineException.data(source.name() + " was rejected: "
                    + (failures.size() == 1 ? "a rule is" : failures.size() + " rules are") + " violated\n"
                    + failures.stream().map(each -> "  - " + each.message()).collect(Collectors.joining("\n"))
                    + "\nMend the data; or change the rule in the schema or in data.expectations, or its severity to"
                    + " warn");
        }
    }

    /** The findings for both files; what is said of the test rows is marked. */
    private static Validation withTest(CheckedRows train, CheckedRows test) {
        List<Violation> violations = new ArrayList<>(train.validation().violations());
        for (Violation each : test.validation().violations()) {
            violations.add(new Violation(
                    each.column(),
                    each.rule(),
                    each.count(),
                    each.share(),
                    each.examples(),
                    each.severity(),
                    "test file: " + each.message()));
        }
        long[] copies = new long[1];
        test.rows().forEachChunk(chunk -> copies[0] += train.content().copies(chunk));
        if (copies[0] > 0) {
            double share = (double) copies[0] / test.rows().count();
            violations.add(new Violation(
                    null,
                    "test_overlap",
                    copies[0],
                    share,
                    List.of(),
                    Severity.WARN,
                    String.format(
                            Locale.ROOT,
                            "test file: %,d of %,d rows also stand among the training rows; the test will flatter the model",
                            copies[0],
                            test.rows().count())));
        }
        Validation of = train.validation();
        return new Validation(
                Validation.verdict(violations),
                of.rowsRead(),
                of.rowsUsable(),
                of.duplicates(),
                of.rejected(),
                of.junk(),
                of.missing(),
                violations);
    }

    private PreparedData divide(
            CheckedRows checked,
            @Nullable CheckedRows ownTest,
            Split split,
            Target resolved,
            Validation validation,
            Path folder)
            throws IOException {
        TableSchema columns = checked.rows().schema();
        Profiler profiler = new Profiler(columns, checked.rows().count());
        TargetCounter trained = new TargetCounter(target);
        progress.begin("divide", checked.rows().count());
        try (TableFileWriter train = new TableFileWriter(folder.resolve(PreparedData.TRAIN), columns);
                TableFileWriter test = new TableFileWriter(folder.resolve(PreparedData.TEST), columns)) {
            checked.rows().forEachChunk(chunk -> {
                boolean[] isTest = split.isTest(chunk);
                Table kept = side(chunk, isTest, false);
                trained.accept(kept);
                profiler.accept(kept);
                train.append(kept);
                test.append(side(chunk, isTest, true));
                progress.advance(chunk.rowCount());
            });
            if (ownTest != null) {
                ownTest.rows().forEachChunk(test::append);
            }
            progress.end();
            refuseLostClass(resolved, trained.counts());
            PreparedSchema prepared = new PreparedSchema(columns, resolved, CellFormat.of(settings));
            Profile profile = profiler.finish();
            write(folder.resolve(PreparedData.SCHEMA), prepared);
            write(folder.resolve(PreparedData.PROFILE), profile);
            TableFile trainFile = train.finish();
            return new PreparedData(prepared, trainFile, test.finish(), profile, validation, checked.classes());
        }
    }

    private static void refuseLostClass(Target target, Map<String, Long> trained) {
        List<String> lost = target.classes().stream()
                .filter(label -> !trained.containsKey(label))
                .toList();
        if (!lost.isEmpty()) {
            throw PipelineException.data("no training row has the label '" + String.join("', '", lost)
                    + "' of the target '"
                    + target.column() + "': all its rows were set aside for the test. Set data.split.by to random or a"
                    + " smaller data.split.test, or leave the label out of data.labels");
        }
    }

    private static Table side(Table chunk, boolean[] isTest, boolean wanted) {
        int count = 0;
        for (boolean each : isTest) {
            count += each == wanted ? 1 : 0;
        }
        if (count == isTest.length) {
            return chunk;
        }
        int[] rows = new int[count];
        int next = 0;
        for (int row = 0; row < isTest.length; row++) {
            if (isTest[row] == wanted) {
                rows[next++] = row;
            }
        }
        return ChunkRows.select(chunk, rows);
    }

    private static void write(Path file, Object value) throws IOException {
        Files.writeString(file, SchemaJson.MAPPER.writeValueAsString(value) + "\n");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
