package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Decides which columns of some training rows are worth learning from; the same on any number of threads. */
public final class ColumnSelection {
    /** Of more rows a sample decides. */
    private static final int MOST_ROWS = 20_000;

    private ColumnSelection() {}

    /**
     * Selects.
     *
     * @param training rows as a model would learn from them, none made up
     * @param keys of these rows
     */
    public static Selection of(SelectionSettings settings, TrainingSet training, RowKeys keys, long seed, int threads) {
        return within(settings, training, keys, new FitContext(seed, threads))
                .orElseThrow(() -> new IllegalStateException("nothing ends a selection without a deadline"));
    }

    /** The same; empty where the deadline comes before the decision, for half of it would be a bad one. */
    public static Optional<Selection> within(
            SelectionSettings settings, TrainingSet training, RowKeys keys, FitContext context) {
        long seed = context.seed();
        int[] sample = sample(training.rows(), seed);
        boolean all = sample.length == training.rows();
        TrainingSet rows = all ? training : training.select(sample);
        RowKeys sampleKeys = all ? keys : keys.select(sample);
        ColumnGroups groups = ColumnGroups.of(training.features().features());
        List<ColumnChoice> choices =
                switch (settings.method()) {
                    case NONE -> throw new IllegalArgumentException("nothing is to be selected");
                    case SHADOW -> new ShadowRounds(settings, context).choose(rows, sampleKeys, groups);
                    case GAIN -> new GainRounds(settings, context).choose(rows, sampleKeys, groups);
                    case PERMUTATION -> new PermutationRounds(settings, context).choose(rows, sampleKeys, groups);
                    case INFORMATION -> new Information(settings, context.deadline()).choose(rows, groups);
                    case DRIFT -> new Drift(settings, context).choose(rows, sampleKeys, groups);
                };
        boolean ended = context.deadline().passed() || choices.size() < groups.size();
        return ended ? Optional.empty() : Optional.of(limited(choices, settings));
    }

    /** Sees to it that no more columns stay than wished, and at least one. */
    private static Selection limited(List<ColumnChoice> choices, SelectionSettings settings) {
        List<ColumnChoice> limited = new ArrayList<>(choices);
        List<String> notes = new ArrayList<>();
        int[] best = IntStream.range(0, choices.size())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer column) -> -choices.get(column).score()))
                .mapToInt(Integer::intValue)
                .toArray();
        int most = settings.method() == SelectionSettings.Method.DRIFT ? choices.size() : settings.kept(choices.size());
        int kept = 0;
        for (int column : best) {
            ColumnChoice choice = choices.get(column);
            if (choice.kept() && kept++ >= most) {
                limited.set(column, choice.with(false, choice.reason() + ", but is not among the best " + most));
            }
        }
        if (kept == 0 && best.length > 0) {
            ColumnChoice only = choices.get(best[0]);
            limited.set(best[0], only.with(true, only.reason() + ", but is the best there is"));
            notes.add("no column is worth keeping, so the best of them stays: '" + only.column() + "'");
        }
        return new Selection(limited, notes);
    }

    private static int[] sample(int rows, long seed) {
        if (rows <= MOST_ROWS) {
            return IntStream.range(0, rows).toArray();
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] sample = new int[MOST_ROWS];
        int taken = 0;
        for (int row = 0; row < rows && taken < MOST_ROWS; row++) {
            if (random.nextInt(rows - row) < MOST_ROWS - taken) {
                sample[taken++] = row;
            }
        }
        return sample;
    }
}
