package io.mlops.pipeline.data;

import io.mlops.pipeline.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one column must look like; one entry of {@code schema.yaml}.
 *
 * @param missing further tokens that mean "missing" in this column, beside the table's
 * @param format how a {@link ColumnType#DATETIME} is written, as a {@code DateTimeFormatter} pattern or {@code iso},
 *     {@code epoch_seconds}, {@code epoch_millis}
 * @param trueValues the words that mean 1 in a {@link ColumnType#BOOLEAN}
 * @param falseValues the words that mean 0 in a {@link ColumnType#BOOLEAN}
 */
public record ColumnSchema(
        @Setting("How the cells are read.") ColumnType type,

        @Setting("Whether a file without this column is rejected.")
        boolean required,

        @Setting("The categories that may occur; any where empty.")
        List<String> allowed,

        @Setting("The smallest number that may occur.") @Nullable Double min,

        @Setting("The largest number that may occur.") @Nullable Double max,

        @Setting(value = "The largest share of missing cells, 0 to 1.", min = 0, max = 1) @Nullable Double maxMissing,

        @Setting("Whether every value may occur only once.") boolean unique,

        @Setting("Further tokens that mean missing in this column.")
        List<String> missing,

        @Setting("How a date is written: iso, epoch_seconds, epoch_millis or a pattern such as dd.MM.yyyy.") @Nullable String format,

        @Setting("The words that mean true, for a boolean.") List<String> trueValues,

        @Setting("The words that mean false, for a boolean.")
        List<String> falseValues,

        @Setting("Whether a violation only warns, or fails the batch.")
        Severity severity) {

    public ColumnSchema {
        allowed = List.copyOf(allowed);
        missing = List.copyOf(missing);
        trueValues = List.copyOf(trueValues);
        falseValues = List.copyOf(falseValues);
    }

    public static ColumnSchema defaults() {
        return of(ColumnType.CATEGORY);
    }

    /** A column of a type, without any constraint. */
    public static ColumnSchema of(ColumnType type) {
        return new ColumnSchema(
                type, true, List.of(), null, null, null, false, List.of(), null, List.of(), List.of(), Severity.FAIL);
    }

    /** This column, which a file may lack. */
    public ColumnSchema optional() {
        return new ColumnSchema(
                type, false, allowed, min, max, maxMissing, unique, missing, format, trueValues, falseValues, severity);
    }

    /** This column, its cells read in another way. */
    public ColumnSchema as(ColumnType other) {
        return new ColumnSchema(
                other,
                required,
                allowed,
                min,
                max,
                maxMissing,
                unique,
                missing,
                format,
                trueValues,
                falseValues,
                severity);
    }
}
