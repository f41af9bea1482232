package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.data.store.TableFileWriter;
import io.mlops.pipeline.data.typing.ChunkReader;
import io.mlops.pipeline.data.typing.JunkCells;
import io.mlops.pipeline.data.validation.ColumnRules;
import io.mlops.pipeline.data.validation.RejectFile;
import io.mlops.pipeline.data.validation.TableFacts;
import io.mlops.pipeline.data.validation.TableRules;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.data.validation.Violation;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/** The first pass: reads a source, sorts out unusable rows, holds the others against the rules, and keeps them typed. */
final class Gate {
    private final TableSchema schema;
    private final TargetChoice target;
    private final DataSettings settings;
    private final Progress progress;

    Gate(TableSchema schema, TargetChoice target, DataSettings settings, Progress progress) {
        this.schema = schema;
        this.target = target;
        this.settings = settings;
        this.progress = progress;
    }

    /** The columns that are read of a source. */
    TableSchema schema(Source source) {
        return reader(source).schema();
    }

    private ChunkReader reader(Source source) {
        return ChunkReader.forLearning(source, schema, CellFormat.of(settings), target);
    }

    /**
     * Reads a source.
     *
     * @param rows where the usable rows go
     * @param rejected where the unusable ones go
     * @param watcher sees every chunk of usable rows
     * @throws PipelineException where there is nothing to learn from; the violations of rules are left to the caller
     */
    CheckedRows read(Source source, Path rows, Path rejected, Consumer<Table> watcher) {
        ChunkReader reader = reader(source);
        ColumnRules rules = new ColumnRules(reader.schema());
        TargetCounter labels = new TargetCounter(target);
        ContentHashes content = new ContentHashes(target.column());
        long[] rejects = new long[1];
        TableFile file;
        Map<String, Long> reasons;
        progress.begin("read " + source.name(), -1);
        try (TableFileWriter writer = new TableFileWriter(rows, reader.schema());
                RejectFile rejectFile = new RejectFile(rejected)) {
            reader.read(chunk -> {
                chunk.rejects().forEach(rejectFile::add);
                rejects[0] += chunk.rejects().size();
                Table usable = chunk.rows();
                labels.accept(usable);
                content.accept(usable);
                rules.accept(usable);
                watcher.accept(usable);
                writer.append(usable);
                progress.advance(usable.rowCount() + chunk.rejects().size());
            });
            file = writer.finish();
            reasons = rejectFile.counts();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + rows.getParent(), e);
        }
        progress.end();
        refuseNothing(source, file.count(), rejects[0], reasons, labels);

        Map<String, JunkCells> junk = reader.junk();
        TableFacts facts = new TableFacts(
                file.count() + rejects[0],
                file.count(),
                content.duplicates(),
                labels.counts(),
                file.count() * reader.schema().columns().size(),
                rules.missing().values().stream().mapToLong(Long::longValue).sum(),
                junk.values().stream().mapToLong(JunkCells::count).sum());
        List<Violation> violations = new ArrayList<>(rules.finish(file.count(), junk));
        violations.addAll(TableRules.check(settings.expectations(), facts));
        Validation validation = new Validation(
                Validation.verdict(violations),
                facts.rowsRead(),
                facts.rows(),
                facts.duplicates(),
                reasons,
                junk,
                rules.missing(),
                violations);
        return new CheckedRows(file, validation, labels.counts(), content);
    }

    private void refuseNothing(
            Source source, long usable, long rejected, Map<String, Long> reasons, TargetCounter labels) {
        if (usable + rejected == 0) {
            throw PipelineException.data(source.name() + " has a header and no rows; give a file with rows");
        }
        if (usable < 2) {
            long missing = reasons.getOrDefault("target_missing", 0L);
            String why = missing == rejected && rejected > 0
                    ? "the target '" + target.column() + "' is missing in all others: is it the right column?"
                    : rejected == 0 ? "there are no others." : "the others were rejected: " + counted(reasons) + ".";
            throw PipelineException.data(
                    source.name() + " has " + (usable == 0 ? "no usable row" : "one usable row only")
                            + " of " + (usable + rejected) + "; " + why
                            + " See rejected.csv for each row; data.target, data.task and data.labels say what is usable");
        }
        if (labels.isConstant()) {
            throw PipelineException.data(
                    "every usable row of " + source.name() + " has the same value in the target '" + target.column()
                            + "': there is nothing to learn; name another with data.target, or give other rows");
        }
        if (schema.inputs().isEmpty()) {
            throw PipelineException.data("the schema leaves no column to learn from: every column is "
                    + Role.TARGET.name().toLowerCase(java.util.Locale.ROOT)
                    + ", identifier, group, empty, constant or ignored; take one out of data.ignore or data.id, or give a"
                    + " table with more columns");
        }
    }

    private static String counted(Map<String, Long> reasons) {
        return reasons.entrySet().stream()
                .map(reason -> reason.getKey() + " (" + reason.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
