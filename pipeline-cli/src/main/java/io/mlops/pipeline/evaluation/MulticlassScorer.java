package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.data.Task;

/** Scores predictions of three or more classes. */
final class MulticlassScorer extends Scorer {
    private final int classes;
    private final int[] truth;
    private final int[] decided;
    private final double[] logLoss;
    private final double[] brier;
    /** The rows in descending order of each class's probability. */
    private final Ranking[] rankings;
    /** The rows in descending order of their most probable class's probability. */
    private final Ranking confidence;

    private final int[] bins;
    /** The most probable class's probability, less 1 where that class is the true one. */
    private final double[] excess;

    MulticlassScorer(Predictions predictions) {
        super(Task.MULTICLASS, predictions);
        int rows = predictions.rows();
        classes = predictions.target().outputs();
        truth = new int[rows];
        decided = new int[rows];
        logLoss = new double[rows];
        brier = new double[rows];
        excess = new double[rows];
        double[] greatest = new double[rows];
        for (int row = 0; row < rows; row++) {
            truth[row] = (int) predictions.truth()[row];
            decided[row] = predictions.decided(row);
            logLoss[row] = BinaryScorer.logLoss(predictions.output(row, truth[row]));
            int top = 0;
            for (int each = 0; each < classes; each++) {
                double probability = predictions.output(row, each);
                double error = probability - (each == truth[row] ? 1 : 0);
                brier[row] += error * error;
                if (probability > predictions.output(row, top)) {
                    top = each;
                }
            }
            greatest[row] = predictions.output(row, top);
            excess[row] = greatest[row] - (top == truth[row] ? 1 : 0);
        }
        rankings = new Ranking[classes];
        for (int each = 0; each < classes; each++) {
            rankings[each] = Ranking.of(predictions.outputs(), each, classes, rows);
        }
        confidence = Ranking.of(greatest, 0, 1, rows);
        bins = confidence.bins(BinaryScorer.CALIBRATION_BINS);
    }

    @Override
    void fill(Scores scores, RowCounts counts) {
        double total = 0;
        double logLossSum = 0;
        double brierSum = 0;
        double[] occurring = new double[classes];
        double[] decidedAs = new double[classes];
        double[] found = new double[classes];
        for (int row = 0; row < truth.length; row++) {
            double weight = counts.of(row);
            total += weight;
            logLossSum += weight * logLoss[row];
            brierSum += weight * brier[row];
            occurring[truth[row]] += weight;
            decidedAs[decided[row]] += weight;
            if (truth[row] == decided[row]) {
                found[truth[row]] += weight;
            }
        }
        scores.put(Metric.LOG_LOSS, logLossSum / total);
        scores.put(Metric.BRIER, brierSum / total);
        scores.put(Metric.CALIBRATION_ERROR, miscalibration(counts) / total);
        decisions(scores, total, occurring, decidedAs, found);
        ranks(scores, counts, occurring);
    }

    private double miscalibration(RowCounts counts) {
        double sum = 0;
        int position = 0;
        for (int end : bins) {
            double binned = 0;
            for (; position < end; position++) {
                int row = confidence.rows()[position];
                binned += counts.of(row) * excess[row];
            }
            sum += Math.abs(binned);
        }
        return sum;
    }

    private void decisions(Scores scores, double total, double[] occurring, double[] decidedAs, double[] found) {
        double hits = 0;
        double recalls = 0;
        int present = 0;
        double f1 = 0;
        double f1Weighted = 0;
        int seen = 0;
        double products = 0;
        double truthSquares = 0;
        double decidedSquares = 0;
        for (int each = 0; each < classes; each++) {
            hits += found[each];
            products += occurring[each] * decidedAs[each];
            truthSquares += occurring[each] * occurring[each];
            decidedSquares += decidedAs[each] * decidedAs[each];
            if (occurring[each] > 0) {
                recalls += found[each] / occurring[each];
                present++;
            }
            if (occurring[each] + decidedAs[each] > 0) {
                double ofClass = 2 * found[each] / (occurring[each] + decidedAs[each]);
                f1 += ofClass;
                f1Weighted += ofClass * occurring[each];
                seen++;
            }
        }
        scores.put(Metric.ACCURACY, hits / total);
        scores.put(Metric.BALANCED_ACCURACY, present > 1 ? recalls / present : Double.NaN);
        scores.put(Metric.F1, f1 / seen);
        scores.put(Metric.F1_WEIGHTED, f1Weighted / total);
        if (present > 1) {
            // Gorodkin 2004: the correlation of two classifications with several classes.
            double variance = Math.sqrt(total * total - truthSquares) * Math.sqrt(total * total - decidedSquares);
            scores.put(Metric.MCC, variance > 0 ? (hits * total - products) / variance : 0);
        }
    }

    private void ranks(Scores scores, RowCounts counts, double[] occurring) {
        double areas = 0;
        double precisions = 0;
        int present = 0;
        for (int each = 0; each < classes; each++) {
            if (occurring[each] > 0) {
                RankSums sums = sums(each, counts);
                areas += sums.areaUnderCurve();
                precisions += sums.averagePrecision();
                present++;
            }
        }
        // NaN where one class holds all rows.
        scores.put(Metric.AUC, areas / present);
        scores.put(Metric.AVERAGE_PRECISION, precisions / present);
    }

    private RankSums sums(int index, RowCounts counts) {
        RankSums sums = new RankSums();
        int[] rows = rankings[index].rows();
        int position = 0;
        for (int end : rankings[index].ends()) {
            double positives = 0;
            double negatives = 0;
            for (; position < end; position++) {
                double weight = counts.of(rows[position]);
                if (truth[rows[position]] == index) {
                    positives += weight;
                } else {
                    negatives += weight;
                }
            }
            sums.add(positives, negatives);
        }
        return sums;
    }
}
