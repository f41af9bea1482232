package io.mlops.pipeline.data;

import java.util.List;

/**
 * How the cells of every column are written.
 *
 * @param missing the tokens that mean a missing value, in any case; the empty cell always does
 * @param decimal the decimal mark of numbers
 */
public record CellFormat(List<String> missing, String decimal) {
    public CellFormat {
        missing = List.copyOf(missing);
    }

    /** The format that the settings name. */
    public static CellFormat of(DataSettings settings) {
        return new CellFormat(settings.missing(), settings.format().decimal());
    }

    /** The tokens that mean a missing value in a column. */
    public Tokens missing(ColumnSchema column) {
        return Tokens.of(missing).and(column.missing());
    }

    public char decimalMark() {
        return decimal.charAt(0);
    }
}
