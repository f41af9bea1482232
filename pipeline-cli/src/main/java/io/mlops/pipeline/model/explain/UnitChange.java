package io.mlops.pipeline.model.explain;

import io.mlops.pipeline.model.Contributions;
import java.util.function.UnaryOperator;

/**
 * Carries contributions over from a model's sums to what is made of them, such as a probability: the Shapley values of
 * the game in which each column that joins adds its contributions to the sums. They are the same where what is made of
 * them is a sum again, and otherwise a mean over some orders of joining; together they always lead from the base to the
 * row.
 */
public final class UnitChange {
    private static final int PAIRS = 8;

    private final Contributions given;
    private final UnaryOperator<double[]> unit;
    private final double[] base;
    private final int[][] orders;

    /** @param unit what is made of a row's sums: one or more numbers */
    public UnitChange(Contributions given, UnaryOperator<double[]> unit) {
        this.given = given;
        this.unit = unit;
        base = unit.apply(given.base());
        orders = Orders.of(given.columns().size(), PAIRS);
    }

    /** What is made of the base. */
    public double[] base() {
        return base.clone();
    }

    /**
     * What the columns of a row add, column by column, unit by unit.
     *
     * @param reached what was made of the row: where the columns lead to
     */
    public double[] row(int row, double[] reached) {
        int columns = given.columns().size();
        double[] added = new double[columns * base.length];
        boolean[] acting = new boolean[columns];
        int count = 0;
        for (int column = 0; column < columns; column++) {
            acting[column] = acts(row, column);
            count += acting[column] ? 1 : 0;
        }
        for (int[] order : orders) {
            double[] sums = given.base().clone();
            double[] before = base;
            int left = count;
            for (int column : order) {
                if (acting[column]) {
                    for (int k = 0; k < sums.length; k++) {
                        sums[k] += given.value(row, column, k);
                    }
                    left--;
                    double[] after = left == 0 ? reached : unit.apply(sums);
                    for (int u = 0; u < base.length; u++) {
                        added[column * base.length + u] += (after[u] - before[u]) / orders.length;
                    }
                    before = after;
                }
            }
        }
        return added;
    }

    private boolean acts(int row, int column) {
        for (int k = 0; k < given.base().length; k++) {
            if (given.value(row, column, k) != 0) {
                return true;
            }
        }
        return false;
    }
}
