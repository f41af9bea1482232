package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tribuo.classification.liblinear.LinearClassificationType.LinearType;

/** A linear support vector machine whose margins become probabilities by a logistic curve (Platt 1999). */
final class LinearMargins {
    private static final int FOLDS = 3;

    /** So high that the two numbers of a curve are hardly drawn to zero. */
    private static final double CURVE_COST = 1000;

    /** Margins beyond say no more than this one. */
    private static final double WIDEST = 20;

    private static final Target AGAINST_REST = new Target("class", Task.BINARY, List.of("rest", "class"));

    private final String learner;
    private final TrainingSet rows;
    private final double c;
    private final long seed;

    private LinearMargins(String learner, TrainingSet rows, double c, long seed) {
        this.learner = learner;
        this.rows = rows;
        this.c = c;
        this.seed = seed;
    }

    static LinearModel fit(String learner, TrainingSet rows, double c, long seed) {
        return new LinearMargins(learner, rows, c, seed).fit();
    }

    private LinearModel fit() {
        Sums sums = margins(rows);
        float[][] held = heldOut(sums.intercepts().length);
        Sums[] curves = new Sums[held.length];
        for (int k = 0; k < held.length; k++) {
            curves[k] = curve(held[k], held.length == 1 ? 1 : k);
        }
        Sums bent = sums.bent(curves);
        LinearModel.Kind kind = held.length == 1 ? LinearModel.Kind.LOGISTIC : LinearModel.Kind.ONE_VS_REST;
        return LinearModel.of(learner, kind, rows, bent.intercepts(), bent.coefficients());
    }

    private Sums margins(TrainingSet some) {
        return Sums.libLinear(learner, some, LinearType.L2R_L2LOSS_SVC_DUAL, c, seed);
    }

    /** For each sum, what it is for each row when the row was not learned from. */
    private float[][] heldOut(int count) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] folds = IntStream.range(0, rows.rows())
                .map(row -> random.nextInt(FOLDS))
                .toArray();
        float[][] held = new float[count][rows.rows()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int current = fold;
            int[] others = IntStream.range(0, folds.length)
                    .filter(row -> folds[row] != current)
                    .toArray();
            Sums sums = margins(others.length == 0 ? rows : rows.select(others));
            for (int row = 0; row < folds.length; row++) {
                for (int k = 0; k < count && folds[row] == fold; k++) {
                    double sum = sums.of(rows.features(), row, k);
                    held[k][row] = (float) Math.max(-WIDEST, Math.min(WIDEST, sum));
                }
            }
        }
        return held;
    }

    private Sums curve(float[] margins, int index) {
        double[] hits = new double[margins.length];
        for (int row = 0; row < hits.length; row++) {
            hits[row] = rows.values()[row] == index ? 1 : 0;
        }
        FeatureMatrix margin = new FeatureMatrix(List.of(new Feature("margin", "margin", 0)), margins.length, margins);
        TrainingSet training = new TrainingSet(margin, AGAINST_REST, hits, null);
        return Sums.libLinear(learner, training, LinearType.L2R_LR, CURVE_COST, seed);
    }
}
