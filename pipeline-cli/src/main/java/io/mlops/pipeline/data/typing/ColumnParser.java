package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import tech.tablesaw.columns.Column;

/** Reads the cells of one column of a chunk into the memory of a Tablesaw column. */
interface ColumnParser {
    static ColumnParser of(String name, ColumnSchema column, CellFormat format, int capacity) {
        return switch (column.type()) {
            case NUMBER, INTEGER -> new NumberParser(name, format.decimalMark(), capacity);
            case BOOLEAN -> new BooleanParser(name, column, capacity);
            case CATEGORY -> new CategoryParser(name, capacity);
            case DATETIME -> new DateTimeParser(name, column.format(), capacity);
            case TEXT, IDENTIFIER -> new TextParser(name, capacity);
        };
    }

    /** Whether a type's cells are kept as they are written, so that their length counts. */
    static boolean holdsText(ColumnType type) {
        return type == ColumnType.TEXT || type == ColumnType.IDENTIFIER || type == ColumnType.CATEGORY;
    }

    /** Sets a row's cell from a trimmed range that is not missing; false where it is not of the column's type. */
    boolean parse(int row, char[] buffer, int offset, int length);

    /** Sets a row's cell to missing. */
    void missing(int row);

    /** The first rows as a column; the next chunk begins at row 0. */
    Column<?> take(int rows);
}
