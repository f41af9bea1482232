package io.mlops.pipeline.automl;

import io.mlops.pipeline.automl.KeptSelections.Made;
import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.SelectedRows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.selection.ColumnSelection;
import io.mlops.pipeline.evaluation.selection.Selection;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which columns are learned from, decided on the training rows of each fold alone and once for all views, by the features of
 * the tree view. Where the clock ends a selection no other begins, and its fold learns from all columns.
 */
final class Selections {
    private final FeatureSettings features;
    private final Rows rows;
    private final RowKeys keys;
    private final Target target;
    private final long seed;
    private final @Nullable KeptSelections kept;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private volatile boolean cut;

    /** The place of a selection, which is made by who asks first while the others wait. */
    private static final class Place {
        private volatile @Nullable Made made;
    }

    /**
     * Makes one.
     *
     * @param features the user's settings
     * @param kept where selections are kept; null for nowhere
     */
    Selections(
            FeatureSettings features,
            Rows rows,
            RowKeys keys,
            Target target,
            long seed,
            @Nullable KeptSelections kept) {
        this.features = features;
        this.rows = rows;
        this.keys = keys;
        this.target = target;
        this.seed = seed;
        this.kept = kept;
        if (kept != null) {
            kept.read().forEach((name, made) -> place(name).made = made);
        }
    }

    /** How columns are selected. */
    SelectionSettings settings() {
        return features.select();
    }

    /** A preprocessor of a fold's training rows without the columns that are not selected there. */
    Preprocessor applied(Preprocessor full, Fold fold, Deadline deadline) {
        return without(full, made(fold.training(), new FitContext(fold.seed(seed), 1, deadline)));
    }

    /** The same for one of all rows; where the time does not suffice, by the selection that has seen the most of them. */
    Preprocessor appliedToAll(Preprocessor full, int threads, Deadline deadline) {
        return without(
                full, made(all(), new FitContext(seed, threads, deadline)).or(this::ofMostRows));
    }

    /** That of a fold, where it was made. */
    Optional<Made> of(Fold fold) {
        return Optional.ofNullable(place(name(fold.training())).made);
    }

    /** That of all rows, where it was made. */
    Optional<Made> ofAll() {
        return Optional.ofNullable(place(name(all())).made);
    }

    private Optional<Made> ofMostRows() {
        return places.values().stream()
                .flatMap(place -> Optional.ofNullable(place.made).stream())
                .max(Comparator.comparingInt(Made::rows));
    }

    /** All of it where nothing is selected, or nothing would be left. */
    private static Preprocessor without(Preprocessor full, Optional<Made> made) {
        Map<String, String> dropped =
                made.map(each -> each.selection().dropped()).orElse(Map.of());
        return dropped.isEmpty() || dropped.keySet().containsAll(full.inputs()) ? full : full.without(dropped);
    }

    private Optional<Made> made(int[] training, FitContext context) {
        if (!settings().isOn()) {
            return Optional.empty();
        }
        String name = name(training);
        Place place = place(name);
        synchronized (place) {
            if (place.made == null && !cut) {
                Optional<Made> made = select(training, context);
                if (made.isEmpty()) {
                    cut = true;
                } else if (kept != null) {
                    kept.keep(name, made.get());
                }
                place.made = made.orElse(null);
            }
            return Optional.ofNullable(place.made);
        }
    }

    private Optional<Made> select(int[] training, FitContext context) {
        long start = System.nanoTime();
        Rows chosen = new SelectedRows(rows, training);
        RowKeys chosenKeys = keys.select(training);
        Preprocessor full = Preprocessor.fit(features, View.TREE, chosen, target, seed);
        TrainingSet wide = new TrainingSet(full.transformTraining(chosen), target, chosenKeys.values(), null);
        Optional<Selection> selection = ColumnSelection.within(settings(), wide, chosenKeys, context);
        return selection.map(each -> new Made(each, training.length, (System.nanoTime() - start) / 1e9));
    }

    private Place place(String name) {
        return places.computeIfAbsent(name, any -> new Place());
    }

    /** What stands for the rows that are learned from. */
    private static String name(int[] training) {
        return training.length + "-" + Integer.toHexString(Arrays.hashCode(training));
    }

    private int[] all() {
        int[] all = new int[keys.rows()];
        Arrays.setAll(all, row -> row);
        return all;
    }
}
