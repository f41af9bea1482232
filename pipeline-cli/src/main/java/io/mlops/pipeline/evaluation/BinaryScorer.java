package io.mlops.pipeline.evaluation;

import static io.mlops.pipeline.evaluation.Metric.ACCURACY;
import static io.mlops.pipeline.evaluation.Metric.AUC;
import static io.mlops.pipeline.evaluation.Metric.AVERAGE_PRECISION;
import static io.mlops.pipeline.evaluation.Metric.BALANCED_ACCURACY;
import static io.mlops.pipeline.evaluation.Metric.BRIER;
import static io.mlops.pipeline.evaluation.Metric.CALIBRATION_ERROR;
import static io.mlops.pipeline.evaluation.Metric.F1;
import static io.mlops.pipeline.evaluation.Metric.LOG_LOSS;
import static io.mlops.pipeline.evaluation.Metric.MCC;
import static io.mlops.pipeline.evaluation.Metric.PRECISION;
import static io.mlops.pipeline.evaluation.Metric.RECALL;

import io.mlops.pipeline.data.Task;

/** Scores predictions of two classes; its arrays are in descending order of the positive class's probability. */
final class BinaryScorer extends Scorer {
    /** In how many bins calibration is measured. */
    static final int CALIBRATION_BINS = 10;

    private final Ranking ranking;
    private final int[] bins;
    private final double[] probability;
    private final double[] logLoss;
    /** {@code 2 * true class + decided class}. */
    private final byte[] outcome;

    BinaryScorer(Predictions predictions) {
        super(Task.BINARY, predictions);
        int rows = predictions.rows();
        ranking = Ranking.of(predictions.outputs(), 1, 2, rows);
        bins = ranking.bins(CALIBRATION_BINS);
        probability = new double[rows];
        logLoss = new double[rows];
        outcome = new byte[rows];
        for (int position = 0; position < rows; position++) {
            int row = ranking.rows()[position];
            int truth = (int) predictions.truth()[row];
            probability[position] = predictions.output(row, 1);
            logLoss[position] = logLoss(predictions.output(row, truth));
            outcome[position] = (byte) (2 * truth + predictions.decided(row));
        }
    }

    /** The loss of a probability given to the true class, clipped so that no single row is infinitely wrong. */
    static double logLoss(double probability) {
        return -Math.log(Math.min(1, Math.max(1e-15, probability)));
    }

    @Override
    void fill(Scores scores, RowCounts counts) {
        double[] outcomes = new double[4];
        RankSums ranks = new RankSums();
        double logLossSum = 0;
        double squares = 0;
        double miscalibration = 0;
        int position = 0;
        int run = 0;
        for (int bin : bins) {
            double excess = 0;
            while (position < bin) {
                double positives = 0;
                double negatives = 0;
                for (int end = ranking.ends()[run++]; position < end; position++) {
                    double weight = counts.of(ranking.rows()[position]);
                    int code = outcome[position];
                    double error = probability[position] - (code >> 1);
                    outcomes[code] += weight;
                    logLossSum += weight * logLoss[position];
                    squares += weight * error * error;
                    excess += weight * error;
                    if (code > 1) {
                        positives += weight;
                    } else {
                        negatives += weight;
                    }
                }
                ranks.add(positives, negatives);
            }
            miscalibration += Math.abs(excess);
        }
        double total = outcomes[0] + outcomes[1] + outcomes[2] + outcomes[3];
        scores.put(AUC, ranks.areaUnderCurve());
        scores.put(AVERAGE_PRECISION, ranks.averagePrecision());
        scores.put(LOG_LOSS, logLossSum / total);
        scores.put(BRIER, squares / total);
        scores.put(CALIBRATION_ERROR, miscalibration / total);
        decisions(scores, outcomes[0], outcomes[1], outcomes[2], outcomes[3]);
    }

    private static void decisions(
            Scores scores, double trueNegatives, double falsePositives, double falseNegatives, double truePositives) {
        double positives = truePositives + falseNegatives;
        double negatives = trueNegatives + falsePositives;
        double decidedPositives = truePositives + falsePositives;
        double decidedNegatives = trueNegatives + falseNegatives;
        scores.put(ACCURACY, (truePositives + trueNegatives) / (positives + negatives));
        // 0 / 0 is NaN: undefined.
        scores.put(BALANCED_ACCURACY, (truePositives / positives + trueNegatives / negatives) / 2);
        scores.put(F1, 2 * truePositives / (positives + decidedPositives));
        scores.put(PRECISION, truePositives / decidedPositives);
        scores.put(RECALL, truePositives / positives);
        double covariance = truePositives * trueNegatives - falsePositives * falseNegatives;
        double variance = Math.sqrt(decidedPositives * decidedNegatives) * Math.sqrt(positives * negatives);
        boolean oneDecided = decidedPositives == 0 || decidedNegatives == 0;
        scores.put(MCC, positives * negatives > 0 && oneDecided ? 0 : covariance / variance);
    }
}
