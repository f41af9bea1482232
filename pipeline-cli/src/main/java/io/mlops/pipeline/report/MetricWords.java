package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a metric is called, and what its value means for a person who is not an expert. */
final class MetricWords {
    private MetricWords() {}

    static String name(Metric metric) {
        return switch (metric) {
            case AUC -> "AUC";
            case AVERAGE_PRECISION -> "Average precision";
            case LOG_LOSS -> "Log loss";
            case BRIER -> "Brier score";
            case ACCURACY -> "Accuracy";
            case BALANCED_ACCURACY -> "Balanced accuracy";
            case F1 -> "F1";
            case F1_WEIGHTED -> "Weighted F1";
            case PRECISION -> "Precision";
            case RECALL -> "Recall";
            case MCC -> "Matthews correlation";
            case CALIBRATION_ERROR -> "Calibration error";
            case RMSE -> "RMSE";
            case MAE -> "MAE";
            case R2 -> "R²";
            case MAPE -> "MAPE";
            case COST -> "Mean cost";
            case COVERAGE -> "Coverage";
            case INTERVAL_WIDTH -> "Width of intervals";
            case SET_SIZE -> "Classes in a set";
        };
    }

    /** The name of a metric's key; the key itself where it is none. */
    static String name(String key) {
        return Metric.ofKey(key).map(MetricWords::name).orElse(key);
    }

    /** What is measured, in a few words. */
    static String meaning(Metric metric) {
        return switch (metric) {
            case AUC -> "how well the order of the probabilities separates the classes; 0.5 is chance, 1 is perfect";
            case AVERAGE_PRECISION -> "precision averaged over all recalls; chance is the share of the class";
            case LOG_LOSS -> "how surprising the truth was; 0 is perfect, lower is better";
            case BRIER -> "squared error of the probabilities; 0 is perfect, lower is better";
            case ACCURACY -> "share of rows decided correctly";
            case BALANCED_ACCURACY -> "share decided correctly, each class counting the same";
            case F1 -> "balance of precision and recall";
            case F1_WEIGHTED -> "balance of precision and recall, classes weighted by their size";
            case PRECISION -> "share of the raised alarms that are right";
            case RECALL -> "share of the events that are found";
            case MCC -> "agreement beyond chance; 0 is chance, 1 is perfect";
            case CALIBRATION_ERROR -> "how far stated probabilities are from observed shares; lower is better";
            case RMSE -> "typical error, large ones counting more; in the target's unit, lower is better";
            case MAE -> "mean error in the target's unit; lower is better";
            case R2 -> "share of the target's variation that is explained; 1 is perfect";
            case MAPE -> "mean error as a share of the true value; lower is better";
            case COST -> "what the decision on a row costs; lower is better";
            case COVERAGE -> "share of rows whose truth lies within their interval or set; near the level is right";
            case INTERVAL_WIDTH -> "how far the bounds lie apart, in the target's unit; lower says more";
            case SET_SIZE -> "how many classes are left as possible; nearer to 1 says more";
        };
    }

    static String shown(Metric metric, double value) {
        return metric == Metric.MAPE ? Numbers.percent(value) : Numbers.metric(value);
    }

    /** A value and its deviation over several trials. */
    static String spread(Metric metric, double value, double deviation) {
        return metric == Metric.MAPE
                ? Numbers.percent(value) + " ± " + Numbers.percent(deviation)
                : Numbers.spread(value, deviation);
    }

    /** From where to where a metric may lie, both ends with the same decimals; empty where that is not known. */
    static String interval(Metric metric, @Nullable Double lower, @Nullable Double upper) {
        if (lower == null || upper == null) {
            return "";
        }
        double like = Math.max(Math.abs(lower), Math.abs(upper));
        return metric == Metric.MAPE
                ? Numbers.percent(lower) + " – " + Numbers.percent(upper)
                : Numbers.metric(lower, like) + " – " + Numbers.metric(upper, like);
    }

    /** How much one value of a metric is above another, with its sign. */
    static String difference(Metric metric, double value, double other) {
        double difference = value - other;
        double like = Math.max(Math.abs(value), Math.abs(other));
        String shown = metric == Metric.MAPE
                ? Numbers.metric(difference * 100, 100) + " points"
                : Numbers.metric(difference, like >= 0.1 && like < 10 ? 0.05 : like);
        return difference > 0 ? "+" + shown : shown;
    }

    /** One sentence that says what the deciding metric's value means. */
    static String sentence(Metric metric, double value) {
        return switch (metric) {
            case AUC ->
                String.format(
                        Locale.ROOT,
                        "Of two rows with different outcomes, the model ranks the right one higher in %.0f of 100 cases"
                                + " (guessing: 50).",
                        value * 100);
            case ACCURACY -> String.format(Locale.ROOT, "The model decides %.0f of 100 rows correctly.", value * 100);
            case BALANCED_ACCURACY ->
                String.format(
                        Locale.ROOT,
                        "With every class counting the same, %.0f of 100 rows are decided correctly.",
                        value * 100);
            case R2 -> String.format(Locale.ROOT, "The model explains %.0f %% of the target's variation.", value * 100);
            case MAE -> "On average a prediction is off by " + Numbers.value(value) + ".";
            case RMSE ->
                "A prediction is typically off by about " + Numbers.value(value) + " (large errors count more).";
            case MAPE -> "On average a prediction is off by " + Numbers.percent(value) + ".";
            case LOG_LOSS ->
                String.format(
                        Locale.ROOT,
                        "The model gives the true class a typical (geometric mean) probability of %.0f %%.",
                        Math.exp(-value) * 100);
            case RECALL -> String.format(Locale.ROOT, "The model finds %.0f of 100 events.", value * 100);
            case PRECISION -> String.format(Locale.ROOT, "%.0f of 100 raised alarms are right.", value * 100);
            case AVERAGE_PRECISION,
                    BRIER,
                    F1,
                    F1_WEIGHTED,
                    MCC,
                    CALIBRATION_ERROR,
                    COST,
                    COVERAGE,
                    INTERVAL_WIDTH,
                    SET_SIZE -> MetricWords.name(metric) + " is " + meaning(metric) + ".";
        };
    }
}
