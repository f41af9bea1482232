package io.mlops.pipeline.features;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.ViewSettings.TargetStatistics;
import io.mlops.pipeline.features.step.Encoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * The fitted way from clean rows to features; immutable, and the same for training, prediction and serving.
 *
 * <p>Columns are found by name: their order does not matter, and columns it does not know are ignored.
 */
public final class Preprocessor {
    private static final TrainingMeans.OfChunk NONE = (block, column) -> null;

    private final @Nullable View view;
    private final Target target;
    private final long seed;
    private final TargetStatistics statistics;
    private final List<Block> blocks;
    private final List<Feature> features;
    private final List<String> inputs;
    private final Map<String, String> dropped;

    Preprocessor(
            @Nullable View view,
            Target target,
            long seed,
            TargetStatistics statistics,
            List<Block> blocks,
            Map<String, String> dropped) {
        this.view = view;
        this.target = target;
        this.seed = seed;
        this.statistics = statistics;
        this.blocks = List.copyOf(blocks);
        this.dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        features = blocks.stream().flatMap(block -> block.features().stream()).toList();
        inputs = blocks.stream()
                .flatMap(block -> block.inputs().stream())
                .distinct()
                .toList();
    }

    /**
     * Learns from training rows, in one pass and bounded memory.
     *
     * @param target what is to be predicted; only mean targets of categories read it
     * @param seed decides the folds, or the order, of {@link #transformTraining}
     */
    public static Preprocessor fit(FeatureSettings settings, View view, Rows rows, Target target, long seed) {
        return new PreprocessorFit(settings, view, rows.schema(), target).fit(rows, seed);
    }

    /** Reads what {@link #toJson} gives. */
    public static Preprocessor fromJson(JsonNode json) {
        return PreprocessorJson.read(json);
    }

    /** A form that any language can read; {@code docs/reference/preprocessor.md} describes it. */
    public JsonNode toJson() {
        return PreprocessorJson.write(this);
    }

    /** The view it was fitted for; null of a union of several. */
    public @Nullable View view() {
        return view;
    }

    /** What it was fitted for. */
    public Target target() {
        return target;
    }

    /** The columns of the matrix. */
    public List<Feature> features() {
        return features;
    }

    /** The columns that a table must have. */
    public List<String> inputs() {
        return inputs;
    }

    /** Why columns became no feature, by name: {@code constant}. */
    public Map<String, String> dropped() {
        return dropped;
    }

    /**
     * The same without the features that some columns have a part in.
     *
     * @param reasons why each column goes, by its name; at least one column stays
     */
    public Preprocessor without(Map<String, String> reasons) {
        List<Block> kept = blocks.stream()
                .filter(block -> block.inputs().stream().noneMatch(reasons::containsKey))
                .toList();
        if (kept.isEmpty()) {
            throw new IllegalArgumentException("no column is left");
        }
        Map<String, String> all = new LinkedHashMap<>(dropped);
        all.putAll(reasons);
        return new Preprocessor(view, target, seed, statistics, kept, all);
    }

    /** The features of rows that are to be predicted. */
    public FeatureMatrix transform(Table chunk) {
        float[] matrix = new float[MatrixSize.check(chunk.rowCount(), features)];
        write(chunk, matrix, 0, NONE);
        return new FeatureMatrix(features, chunk.rowCount(), matrix);
    }

    /** The features of all rows, as for prediction. */
    public FeatureMatrix transform(Rows rows) {
        return transform(rows, (chunk, first) -> NONE);
    }

    /**
     * The features of the rows this was fitted to, for a learner: as {@link #transform(Rows)}, but no row's own target is
     * in the mean targets of its categories. These take a further pass over the rows.
     */
    public FeatureMatrix transformTraining(Rows rows) {
        return transform(
                rows,
                switch (statistics) {
                    case OUT_OF_FOLD -> TrainingMeans.outOfFold(blocks, rows, target, seed);
                    case ORDERED -> TrainingMeans.ordered(blocks, rows, target, seed);
                });
    }

    private FeatureMatrix transform(Rows rows, TrainingMeans means) {
        float[] matrix = new float[MatrixSize.check(rows.count(), features)];
        int[] done = new int[1];
        rows.forEachChunk(chunk -> {
            write(chunk, matrix, done[0] * features.size(), means.on(chunk, done[0]));
            done[0] += chunk.rowCount();
        });
        return new FeatureMatrix(features, done[0], matrix);
    }

    private void write(Table chunk, float[] matrix, int start, TrainingMeans.OfChunk means) {
        Map<String, Column<?>> columns = columns(chunk);
        int offset = start;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            Column<?> column = block.cells(columns);
            Encoding.Cells special = means.of(i, column);
            Encoding.Cells cells = special == null ? block.on(column) : special;
            block.write(cells, chunk.rowCount(), matrix, offset, features.size());
            offset += block.width();
        }
    }

    /** The chunk's columns by name, all that are needed among them. */
    private Map<String, Column<?>> columns(Table chunk) {
        Map<String, Column<?>> columns = new LinkedHashMap<>();
        chunk.columns().forEach(column -> columns.put(column.name(), column));
        List<String> missing =
                inputs.stream().filter(name -> !columns.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw PipelineException.data("the table lacks "
                    + (missing.size() == 1 ? "a column" : missing.size() + " columns")
                    + " that the model was trained with: '" + String.join("', '", missing)
                    + "'; it has '" + String.join("', '", columns.keySet()) + "'");
        }
        return columns;
    }

    List<Block> blocks() {
        return blocks;
    }

    long seed() {
        return seed;
    }

    TargetStatistics statistics() {
        return statistics;
    }
}
