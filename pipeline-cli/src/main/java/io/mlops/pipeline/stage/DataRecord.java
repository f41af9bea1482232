package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.data.preparation.PreparedSchema;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.tracking.RunUpdate.DatasetUse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of the rows. */
final class DataRecord {
    private static final int DIGEST = 32;

    private DataRecord() {}

    static void describe(Run run, Manifest manifest, StageRecord record) {
        Path folder = run.folder(PrepareDataStage.NAME);
        Instant at = StageRecords.ended(manifest);
        for (RunFacts facts : record.ofBoth()) {
            training(run).ifPresent(facts::dataset);
            testing(run).ifPresent(facts::dataset);
            for (String rows : List.of("rows", PrepareDataStage.TRAIN_ROWS, PrepareDataStage.TEST_ROWS)) {
                if (manifest.summary().get(rows) instanceof Number count) {
                    facts.metric(rows, count.doubleValue(), at);
                }
            }
        }
        RunFacts facts = record.ofStage();
        ifWhole(() -> PreparedData.readValidation(folder)).ifPresent(found -> counts(found, facts, at));
        for (String file : List.of(PreparedData.PROFILE, PreparedData.VALIDATION, PreparedData.SCHEMA)) {
            facts.artifact(file, folder.resolve(file));
        }
    }

    private static void counts(Validation validation, RunFacts facts, Instant at) {
        facts.metric("rows_usable", (double) validation.rowsUsable(), at)
                .metric("rows_rejected", (double) (validation.rowsRead() - validation.rowsUsable()), at)
                .tag("validation", validation.verdict());
        validation
                .rejected()
                .forEach((reason, count) -> facts.metric("rejected/" + RecordNames.part(reason), count, at));
    }

    /** The rows to learn from. */
    static Optional<DatasetUse> training(Run run) {
        return use(
                run,
                "training",
                PreparedData.TRAIN,
                PrepareDataStage.TRAIN_ROWS,
                run.config().data().source());
    }

    /** The rows set aside, where there are any. */
    static Optional<DatasetUse> testing(Run run) {
        DataSettings settings = run.config().data();
        String own = settings.split().testFile();
        return use(
                run, "testing", PreparedData.TEST, PrepareDataStage.TEST_ROWS, own == null ? settings.source() : own);
    }

    private static Optional<DatasetUse> use(
            Run run, String context, String table, String rowsKey, @Nullable String source) {
        Optional<Manifest> manifest = run.manifest(PrepareDataStage.NAME);
        Optional<PreparedSchema> schema = ifWhole(() -> PrepareDataStage.schema(run));
        if (manifest.isEmpty() || schema.isEmpty() || source == null) {
            return Optional.empty();
        }
        String digest = manifest.get().outputs().get(table);
        if (digest == null
                || !(manifest.get().summary().get(rowsKey) instanceof Number rows)
                || rows.longValue() == 0) {
            return Optional.empty();
        }
        String dated = run.dated(source);
        Map<String, String> columns = new LinkedHashMap<>();
        schema.get().schema().columns().forEach((name, column) -> columns.put(name, kind(column.type())));
        return Optional.of(new DatasetUse(
                context,
                dated.substring(dated.lastIndexOf('/') + 1),
                digest.substring(0, DIGEST),
                dated.equals(Sources.STANDARD_INPUT)
                        ? dated
                        : run.resolve(source).toString(),
                columns,
                Map.of("num_rows", rows.longValue(), "num_columns", columns.size())));
    }

    /** A type by its name in MLflow's schemas. */
    private static String kind(ColumnType type) {
        return switch (type) {
            case NUMBER -> "double";
            case INTEGER -> "long";
            case BOOLEAN -> "boolean";
            case DATETIME -> "datetime";
            case CATEGORY, TEXT, IDENTIFIER -> "string";
        };
    }

    private static <T> Optional<T> ifWhole(Supplier<T> file) {
        try {
            return Optional.of(file.get());
        } catch (PipelineException e) {
            return Optional.empty();
        }
    }
}
