package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.features.step.OutOfFold;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Puts each training row into a fold: equal rows, and rows of one group, into the same one. */
final class Folds {
    /** Keeps these folds independent of other uses of the row's hash. */
    private static final long SALT = 0x7461_7267_6574_7331L;

    private final @Nullable String group;
    private final long seed;

    Folds(TableSchema schema, long seed) {
        List<String> groups = schema.names(Role.GROUP);
        group = groups.isEmpty() ? null : groups.get(0);
        this.seed = seed;
    }

    /** The fold of each row. */
    int[] of(Table chunk) {
        return of(keys(chunk));
    }

    /** The folds of rows with these keys. */
    static int[] of(long[] keys) {
        int[] folds = new int[keys.length];
        Arrays.setAll(folds, row -> (int) Long.remainderUnsigned(keys[row], OutOfFold.FOLDS));
        return folds;
    }

    /** A random number for each row, equal for equal rows and for those of one group. */
    long[] keys(Table chunk) {
        long[] keys = new long[chunk.rowCount()];
        if (group == null) {
            LongColumn hashes = (LongColumn) chunk.column(Rows.HASH);
            Arrays.setAll(keys, row -> key(hashes.getLong(row)));
        } else {
            Column<?> groups = ChunkColumns.named(chunk, group);
            Arrays.setAll(keys, row -> key(hash(groups.getString(row))));
        }
        return keys;
    }

    private long key(long hash) {
        return mix(hash ^ mix(seed + SALT));
    }

    private static long hash(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash + text.charAt(i) + 1);
        }
        return hash;
    }

    /** The finisher of SplitMix64 (Steele et al. 2014). */
    private static long mix(long bits) {
        long mixed = bits + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
