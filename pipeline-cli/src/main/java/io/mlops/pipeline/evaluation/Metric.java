package io.mlops.pipeline.evaluation;

import com.fasterxml.jackson.annotation.JsonValue;
import io.mlops.pipeline.data.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number that says how good predictions are. With three or more classes, {@link #AUC}, {@link #AVERAGE_PRECISION} and
 * {@link #F1} are the mean over the classes, each against the rest.
 */
public enum Metric {
    /** Area under the ROC curve; rows with equal probability count half. */
    AUC("AUC", true, Scope.CLASSIFICATION, "the rows hold one class only"),
    /** Precision averaged over the steps of recall, without interpolation; rows with equal probability are one step. */
    AVERAGE_PRECISION("average precision", true, Scope.CLASSIFICATION, "the rows hold one class only"),
    /** Mean negative logarithm of the probability given to the true class, probabilities clipped at 1e-15. */
    LOG_LOSS("log loss", false, Scope.CLASSIFICATION, ""),
    /** Mean squared error of the probabilities: of the positive class, or summed over three and more classes. */
    BRIER("Brier score", false, Scope.CLASSIFICATION, ""),
    /** Share of rows whose decided class is the true one. */
    ACCURACY("accuracy", true, Scope.CLASSIFICATION, ""),
    /** Mean over the classes that occur of the share of their rows that were found. */
    BALANCED_ACCURACY("balanced accuracy", true, Scope.CLASSIFICATION, "the rows hold one class only"),
    /** Harmonic mean of precision and recall. */
    F1("F1", true, Scope.CLASSIFICATION, "no row is positive and none was decided to be"),
    /** Mean of the classes' F1, weighted by their numbers of rows. */
    F1_WEIGHTED("weighted F1", true, Scope.MULTICLASS, ""),
    /** Share of the rows decided to be positive that are. */
    PRECISION("precision", true, Scope.BINARY, "no row was decided to be positive"),
    /** Share of the positive rows that were decided to be. */
    RECALL("recall", true, Scope.BINARY, "no row is positive"),
    /** Matthews' correlation of decided and true class; 0 where only one class was decided. */
    MCC("MCC", true, Scope.CLASSIFICATION, "the rows hold one class only"),
    /**
     * Expected calibration error: the mean difference of predicted and observed share over ten bins of equally many rows,
     * of the positive class or, with three and more classes, of the most probable one.
     */
    CALIBRATION_ERROR("calibration error", false, Scope.CLASSIFICATION, ""),
    /** Root of the mean squared error. */
    RMSE("RMSE", false, Scope.REGRESSION, ""),
    /** Mean absolute error. */
    MAE("MAE", false, Scope.REGRESSION, ""),
    /** Share of the target's variance that the predictions explain. */
    R2("R²", true, Scope.REGRESSION, "the target is the same in every row"),
    /** Mean absolute error as a share of the true value. */
    MAPE("MAPE", false, Scope.REGRESSION, "the target is 0 in some rows"),
    /** Mean cost of a row's decision; where costs were named. */
    COST("cost", false, Scope.CLASSIFICATION, ""),
    /** Share of rows whose truth lies within the interval or the set of classes of the level that is set. */
    COVERAGE("coverage", true, Scope.ANY, ""),
    /** Mean width of the intervals. */
    INTERVAL_WIDTH("interval width", false, Scope.REGRESSION, ""),
    /** Mean number of classes in the sets. */
    SET_SIZE("set size", false, Scope.CLASSIFICATION, "");

    private final String title;
    private final boolean greaterIsBetter;
    private final Scope scope;
    private final String whenUndefined;

    Metric(String title, boolean greaterIsBetter, Scope scope, String whenUndefined) {
        this.title = title;
        this.greaterIsBetter = greaterIsBetter;
        this.scope = scope;
        this.whenUndefined = whenUndefined;
    }

    /** The name in files and settings: {@code average_precision}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name for people: {@code average precision}. */
    public String title() {
        return title;
    }

    public boolean greaterIsBetter() {
        return greaterIsBetter;
    }

    public boolean appliesTo(Task task) {
        return switch (scope) {
            case ANY -> true;
            case CLASSIFICATION -> task.isClassification();
            case BINARY -> task == Task.BINARY;
            case MULTICLASS -> task == Task.MULTICLASS;
            case REGRESSION -> task == Task.REGRESSION;
        };
    }

    /** Why the metric has no value for some rows; empty where that needs no words. */
    String whenUndefined() {
        return whenUndefined;
    }

    /** How much better the first value is than the second; negative where it is worse. */
    public double improvement(double value, double over) {
        return greaterIsBetter ? value - over : over - value;
    }

    /** The metrics of a task, in the order in which they are shown. */
    public static List<Metric> of(Task task) {
        return Arrays.stream(values()).filter(metric -> metric.appliesTo(task)).toList();
    }

    /** The metric of a key such as {@code log_loss}. */
    public static Optional<Metric> ofKey(String key) {
        return Arrays.stream(values())
                .filter(metric -> metric.key().equals(key))
                .findFirst();
    }

    /** The metric that decides where the user names none. */
    public static Metric primary(Task task) {
        return switch (task) {
            case BINARY -> AUC;
            case MULTICLASS -> LOG_LOSS;
            case REGRESSION -> RMSE;
        };
    }

    private enum Scope {
        ANY,
        CLASSIFICATION,
        BINARY,
        MULTICLASS,
        REGRESSION
    }
}
