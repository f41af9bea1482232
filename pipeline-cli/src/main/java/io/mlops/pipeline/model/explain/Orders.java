package io.mlops.pipeline.model.explain;

import java.util.SplittableRandom;

/**
 * Orders in which columns become known one after the other; a Shapley value is the mean of what a column changes then.
 *
 * <p>They come in pairs of opposite ones, which evens out who is early (Mitchell et al. 2022), and are always the same
 * for the same numbers.
 */
final class Orders {
    private static final long SEED = 2_718_281_828L;

    private Orders() {}

    static int[][] of(int columns, int pairs) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[][] orders = new int[2 * pairs][columns];
        for (int pair = 0; pair < pairs; pair++) {
            int[] order = orders[2 * pair];
            for (int i = 0; i < columns; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            for (int i = 0; i < columns; i++) {
                orders[2 * pair + 1][i] = order[columns - 1 - i];
            }
        }
        return orders;
    }
}
