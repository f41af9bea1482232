package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What columns were worth in several rounds, each on other halves of the rows.
 *
 * @param hits in how many rounds each column was better than nothing
 * @param scores the mean worth of each column
 */
record Rounds(int count, int[] hits, double[] scores) {
    /** One round. */
    interface Round {
        /** What each column is worth; above 0 where it is better than nothing. */
        double[] worth(Halves halves, SplittableRandom random);
    }

    static Rounds run(int rounds, int columns, TrainingSet rows, RowKeys keys, long seed, Round round) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] hits = new int[columns];
        double[] scores = new double[columns];
        int done = 0;
        for (int i = 0; i < rounds; i++) {
            SplittableRandom own = random.split();
            Optional<Halves> halves = Halves.of(rows, keys, own.nextLong());
            if (halves.isEmpty()) {
                continue;
            }
            double[] worth = round.worth(halves.get(), own);
            for (int column = 0; column < columns; column++) {
                hits[column] += worth[column] > 0 ? 1 : 0;
                scores[column] += worth[column];
            }
            done++;
        }
        for (int column = 0; column < columns; column++) {
            scores[column] /= Math.max(1, done);
        }
        return new Rounds(done, hits, scores);
    }

    /** {@code 12 of 20 rounds}. */
    String inWords(int column) {
        return hits[column] + " of " + count + " rounds";
    }
}
