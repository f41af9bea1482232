package io.mlops.pipeline.model.xgboost;

import java.util.ArrayList;
import java.util.List;

/** The losses of the rounds so far, and whether to go on. */
final class Rounds {
    private final int patience;
    private final double scale;
    private final List<Double> training = new ArrayList<>();
    private final List<Double> validation = new ArrayList<>();
    private int best;

    /**
     * Starts before the first round.
     *
     * @param patience stops after this many rounds without a better validation loss; 0 never does
     * @param scale what the losses are multiplied with
     */
    Rounds(int patience, double scale) {
        this.patience = patience;
        this.scale = scale;
    }

    /** Adds a round, as XGBoost prints it: {@code [3]\ttrain-logloss:0.51\tvalidation-logloss:0.53}. */
    void add(String losses) {
        String[] parts = losses.trim().split("\t");
        training.add(loss(parts[1]));
        if (parts.length > 2) {
            validation.add(loss(parts[2]));
            if (best == 0 || validation.get(validation.size() - 1) < validation.get(best - 1)) {
                best = validation.size();
            }
        }
    }

    private double loss(String part) {
        return scale * Double.parseDouble(part.substring(part.lastIndexOf(':') + 1));
    }

    boolean stopped() {
        return patience > 0 && !validation.isEmpty() && validation.size() - best >= patience;
    }

    /** How many rounds to keep: up to the best where a validation loss decides, else all. */
    int best() {
        return patience > 0 && !validation.isEmpty() ? best : training.size();
    }

    List<Double> training() {
        return training;
    }

    List<Double> validation() {
        return validation;
    }
}
