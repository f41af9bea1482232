package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.source.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table was found to hold, and what was decided because of it.
 *
 * @param source what was read, for messages
 * @param rows how many rows have as many cells as the header; the others are rejected
 * @param ragged how many rows do not
 * @param duplicates how many rows equal an earlier one
 * @param duplicatesExact whether that is exact
 * @param columns every column, in the order of the table
 * @param schema the types and roles
 * @param target what is to be predicted
 * @param settings the settings given, with what was found filled in where they said nothing
 * @param findings what a person should know, the table's first, then column by column
 */
public record Inference(
        String source,
        long rows,
        long ragged,
        long duplicates,
        boolean duplicatesExact,
        List<InferredColumn> columns,
        TableSchema schema,
        Target target,
        DataSettings settings,
        List<Finding> findings) {
    public Inference {
        columns = List.copyOf(columns);
        findings = List.copyOf(findings);
    }

    /**
     * Reads a source to its end and finds out what it holds; what the settings fix is kept.
     *
     * @param target the column to predict; that of the settings where null
     * @throws io.mlops.pipeline.PipelineException where the target is not named or cannot be learned, or there are no rows
     */
    public static Inference infer(Source source, DataSettings settings, @Nullable String target) {
        return new InferenceRun(source, settings, target).infer();
    }

    /** The column of a name. */
    public InferredColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column '" + name + "'"));
    }
}
