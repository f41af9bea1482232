package io.mlops.pipeline.data.split;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/** The splitter that the settings ask for. */
public final class Splitters {
    private Splitters() {}

    /**
     * The splitter for rows of a schema.
     *
     * @throws PipelineException where the settings name a column that cannot serve
     */
    public static Splitter of(DataSettings settings, TableSchema schema, TargetChoice target, long seed) {
        double share = settings.split().test();
        if (share == 0) {
            return none();
        }
        return switch (settings.split().by()) {
            case RANDOM ->
                HashSplitter.byContent(share, seed, target.task().isClassification() ? target.column() : null);
            case TIME -> new TimeSplitter(share, timeColumn(settings, schema));
            case GROUP -> HashSplitter.byGroup(share, seed, column("group", settings.group(), schema, Role.GROUP));
        };
    }

    /** Sets no row aside. */
    public static Splitter none() {
        return new Nothing();
    }

    private static String timeColumn(DataSettings settings, TableSchema schema) {
        String column = column("time", settings.time(), schema, Role.TIME);
        ColumnType type = schema.column(column).type();
        if (type != ColumnType.DATETIME && !type.isNumeric()) {
            throw PipelineException.usage("data.time names '" + column + "', which the schema reads as "
                    + type.name().toLowerCase(java.util.Locale.ROOT)
                    + ": a split by time needs a datetime or a number; set its type and format in the schema");
        }
        return column;
    }

    private static String column(String key, @Nullable String named, TableSchema schema, Role role) {
        List<String> candidates = schema.names(role);
        String column = named != null ? named : candidates.isEmpty() ? null : candidates.get(0);
        if (column == null) {
            throw PipelineException.usage("data.split.by is " + key + ", but no column is: name it in data." + key);
        }
        if (!schema.columns().containsKey(column)) {
            throw PipelineException.usage("data." + key + " names '" + column
                    + "', which is not among the columns that are read: add it to the schema, or take it out of"
                    + " data.ignore (columns under data.id are read and not learned from)");
        }
        return column;
    }

    private static final class Nothing implements Splitter {
        @Override
        public void accept(Table chunk) {}

        @Override
        public Split finish() {
            return Split.NONE;
        }
    }
}
