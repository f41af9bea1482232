package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.model.TrainingSet;

/**
 * Centres and scales the values of a target, so that penalties and tolerances mean the same whatever their unit.
 *
 * @param mean what becomes 0
 * @param deviation what becomes 1
 */
record Scaling(double mean, double deviation) {
    static Scaling of(TrainingSet rows) {
        double mean = rows.means()[0];
        double squares = 0;
        for (double value : rows.values()) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / rows.rows());
        return new Scaling(mean, deviation > 0 ? deviation : 1);
    }

    double apply(double value) {
        return (value - mean) / deviation;
    }
}
