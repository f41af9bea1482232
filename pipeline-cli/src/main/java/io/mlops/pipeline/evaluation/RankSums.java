package io.mlops.pipeline.evaluation;

/** Sums over rows in descending order of a score, from which the areas under the curves follow. */
final class RankSums {
    private double positives;
    private double negatives;
    private double concordant;
    private double precision;

    /** Adds the rows that share the next lower score: how much of them is positive and how much is not. */
    void add(double morePositives, double moreNegatives) {
        concordant += moreNegatives * (positives + morePositives / 2);
        positives += morePositives;
        negatives += moreNegatives;
        if (morePositives > 0) {
            precision += morePositives * (positives / (positives + negatives));
        }
    }

    /** The share of pairs of a positive and a negative row in which the positive one scores higher, ties counting half. */
    double areaUnderCurve() {
        return concordant / (positives * negatives);
    }

    /** The mean precision at the positive rows; NaN where all rows are of one class. */
    double averagePrecision() {
        return positives > 0 && negatives > 0 ? precision / positives : Double.NaN;
    }
}
