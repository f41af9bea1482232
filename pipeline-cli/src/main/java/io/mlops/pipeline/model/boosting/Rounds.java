package io.mlops.pipeline.model.boosting;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.LearningCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

/** The losses of the rounds so far, and whether to go on. */
public final class Rounds {
    private final int most;
    private final int patience;
    private final double scale;
    private final FitContext context;
    private final List<Double> training = new ArrayList<>();
    private final List<Double> validation = new ArrayList<>();
    private int best;

    /**
     * Starts before the first round.
     *
     * @param most how many rounds there are at most
     * @param patience stops after this many rounds without a better validation loss; 0 never does
     * @param scale what the losses are multiplied with
     */
    public Rounds(int most, int patience, double scale, FitContext context) {
        this.most = most;
        this.patience = patience;
        this.scale = scale;
        this.context = context;
    }

    /**
     * Whether there is another round; there is always a first.
     *
     * @throws CancellationException where the thread was interrupted
     */
    public boolean goOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("training was interrupted");
        }
        int made = training.size();
        boolean patient = !stopsEarly() || made - best < patience;
        return made == 0 || (made < most && patient && !context.deadline().passed());
    }

    /** Adds a round by its losses; that on the validation rows is empty where there are none. */
    public void add(double trainingLoss, OptionalDouble validationLoss) {
        training.add(scale * trainingLoss);
        validationLoss.ifPresent(loss -> {
            validation.add(scale * loss);
            if (best == 0 || scale * loss < validation.get(best - 1)) {
                best = validation.size();
            }
        });
    }

    private boolean stopsEarly() {
        return patience > 0 && !validation.isEmpty();
    }

    /** How many rounds were made. */
    public int made() {
        return training.size();
    }

    /** How many rounds to keep: up to the best where a validation loss decides, else all. */
    public int best() {
        return stopsEarly() ? best : training.size();
    }

    /** How the losses went. */
    public List<LearningCurve> curves(Task task) {
        String metric = task == Task.REGRESSION ? "rmse" : "logloss";
        List<LearningCurve> curves = new ArrayList<>();
        curves.add(new LearningCurve(metric, "train", training));
        if (!validation.isEmpty()) {
            curves.add(new LearningCurve(metric, "validation", validation));
        }
        return List.copyOf(curves);
    }
}
