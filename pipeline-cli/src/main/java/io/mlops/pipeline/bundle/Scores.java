package io.mlops.pipeline.bundle;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Decision;

/**
 * The predictions for some rows.
 *
 * @param outputs for each row one calibrated probability per class in the order of the target's classes, or one value
 * @param chosen for each row the index of the class that was decided on; empty for a regression
 */
public record Scores(Target target, double[] outputs, int[] chosen) {
    static Scores of(Target target, double[] outputs, Decision decision) {
        int width = target.outputs();
        int[] chosen = new int[target.task().isClassification() ? outputs.length / width : 0];
        for (int row = 0; row < chosen.length; row++) {
            chosen[row] = decision.decide(outputs, row * width, width);
        }
        return new Scores(target, outputs, chosen);
    }

    public int rows() {
        return outputs.length / target.outputs();
    }

    /** The label that was decided on for a row. */
    public String label(int row) {
        return target.classes().get(chosen[row]);
    }

    /** The probability of a class, or the value of a regression as its only output. */
    public double output(int row, int index) {
        return outputs[row * target.outputs() + index];
    }
}
