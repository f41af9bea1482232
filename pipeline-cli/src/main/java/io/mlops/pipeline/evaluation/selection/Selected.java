package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A preprocessor without the columns that were not selected, and what it makes of the training rows.
 *
 * @param selection null where nothing was to be selected
 */
public record Selected(
        Preprocessor preprocessor,
        TrainingSet training,
        @Nullable Selection selection) {
    /**
     * Selects, where that is wished.
     *
     * @param full the preprocessor of all columns
     * @param training what it makes of the training rows, none made up
     * @param keys of these rows
     */
    public static Selected of(
            SelectionSettings settings, Preprocessor full, TrainingSet training, RowKeys keys, long seed, int threads) {
        if (!settings.isOn()) {
            return new Selected(full, training, null);
        }
        Selection selection = ColumnSelection.of(settings, training, keys, seed, threads);
        if (selection.dropped().isEmpty()) {
            return new Selected(full, training, selection);
        }
        Preprocessor left = full.without(selection.dropped());
        Set<Feature> features = Set.copyOf(left.features());
        int[] kept = IntStream.range(0, full.features().size())
                .filter(feature -> features.contains(full.features().get(feature)))
                .toArray();
        return new Selected(
                left,
                new TrainingSet(
                        training.features().columns(kept), training.target(), training.values(), training.weights()),
                selection);
    }
}
