package io.mlops.pipeline.data.typing;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The hash of a row's content: that of its typed cells, column by column in the order of their names.
 *
 * <p>Neither the identifiers take part, so that copies of a row stay copies, nor the target, so that a row has the same
 * hash when it is scored. It depends on no order of rows or columns, and on no spelling of a cell.
 */
public final class RowHash {
    private static final Hasher64 HASHER = Hashing.komihash5_0();
    private static final long MISSING = 0x6D697373696E67L;

    private final List<String> columns;

    public RowHash(TableSchema schema) {
        this.columns = schema.columns().keySet().stream()
                .filter(name -> takesPart(schema.role(name)))
                .sorted()
                .toList();
    }

    private static boolean takesPart(Role role) {
        return switch (role) {
            case FEATURE, TIME, GROUP -> true;
            case TARGET, ID, IGNORE -> false;
        };
    }

    /** The hash of each row. */
    public long[] of(Table rows) {
        long[] hashes = new long[rows.rowCount()];
        Arrays.fill(hashes, columns.size());
        Map<String, Column<?>> cells = ChunkColumns.byName(rows);
        for (String column : columns) {
            mix(hashes, Objects.requireNonNull(cells.get(column), column));
        }
        return hashes;
    }

    /** Mixes the cells of a column into the hashes of its rows. */
    public static void mix(long[] hashes, Column<?> column) {
        long[] cells = cells(column);
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = HASHER.hashLongLongToLong(hashes[row], cells[row]);
        }
    }

    /** The hash of each cell of a column by itself. */
    public static long[] cells(Column<?> column) {
        long[] cells = new long[column.size()];
        if (column instanceof DoubleColumn numbers) {
            for (int row = 0; row < cells.length; row++) {
                // Adding zero makes a negative zero positive; the bits of every NaN are the same here.
                cells[row] = Double.doubleToLongBits(numbers.getDouble(row) + 0.0);
            }
        } else if (column instanceof DateTimeColumn times) {
            for (int row = 0; row < cells.length; row++) {
                cells[row] = times.getLongInternal(row);
            }
        } else {
            CategoryCodes texts = CategoryCodes.of((StringColumn) column);
            long[] levels =
                    texts.levels().stream().mapToLong(HASHER::hashCharsToLong).toArray();
            for (int row = 0; row < cells.length; row++) {
                int code = texts.codes()[row];
                cells[row] = code == CategoryCodes.MISSING ? MISSING : levels[code];
            }
        }
        return cells;
    }
}
