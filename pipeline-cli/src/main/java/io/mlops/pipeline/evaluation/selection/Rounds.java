package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.evaluation.validation.Fold;
import io.mlops.pipeline.evaluation.validation.FoldRunner;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What columns were worth in several rounds, each on other rows.
 *
 * @param hits in how many rounds each column was better than nothing
 * @param scores the mean worth of each column
 */
record Rounds(int count, int[] hits, double[] scores) {
    /** One round. */
    interface Round {
        /** What each column is worth; above 0 where it is better than nothing. */
        double[] worth(Sides sides, SplittableRandom random, int threads);
    }

    /**
     * Runs rounds, several at a time; none begins after the deadline.
     *
     * @param other the share of rows that is checked on in each
     */
    static Rounds run(
            int rounds, double other, int columns, TrainingSet rows, RowKeys keys, FitContext context, Round round) {
        long seed = context.seed();
        int threads = context.threads();
        SplittableRandom seeds = new SplittableRandom(seed);
        List<Fold> folds = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            int index = i;
            Sides.split(keys, rows.target(), other, seeds.nextLong())
                    .ifPresent(fold -> folds.add(new Fold(0, index, fold.training(), fold.heldOut())));
        }
        List<double[]> worths = FoldRunner.run(
                folds,
                threads,
                threads,
                (fold, each) -> context.deadline().passed()
                        ? new double[columns]
                        : round.worth(Sides.of(rows, fold), new SplittableRandom(fold.seed(seed)), each),
                Progress.NONE);
        int[] hits = new int[columns];
        double[] scores = new double[columns];
        for (double[] worth : worths) {
            for (int column = 0; column < columns; column++) {
                hits[column] += worth[column] > 0 ? 1 : 0;
                scores[column] += worth[column] / worths.size();
            }
        }
        return new Rounds(worths.size(), hits, scores);
    }

    /** {@code 12 of 20 rounds}. */
    String inWords(int column) {
        return hits[column] + " of " + count + " rounds";
    }
}
