package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.evaluation.ClassCurves.CalibrationBin;
import io.mlops.pipeline.evaluation.ClassCurves.PrecisionRecallPoint;
import io.mlops.pipeline.evaluation.ClassCurves.RocPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Draws the curves of one class against the rest, with few enough points for a page. */
final class Curves {
    /** A point is kept where its curve has moved on by this much in one direction or two. */
    private static final double STEP = 2.0 / (Evaluation.POINTS - 1);

    private final Predictions predictions;
    private final int index;
    private final Ranking ranking;
    private double positives;
    private double total;
    private long positiveRows;

    Curves(Predictions predictions, int index) {
        this.predictions = predictions;
        this.index = index;
        this.ranking =
                Ranking.of(predictions.outputs(), index, predictions.target().outputs(), predictions.rows());
        for (int row = 0; row < predictions.rows(); row++) {
            total += predictions.weight(row);
            if (isPositive(row)) {
                positives += predictions.weight(row);
                positiveRows++;
            }
        }
    }

    ClassCurves curves() {
        return new ClassCurves(
                predictions.target().classes().get(index), positiveRows, roc(), precisionRecall(), calibration());
    }

    private boolean isPositive(int row) {
        return predictions.truth()[row] == index;
    }

    /** The weight of the rows, and of the positive ones, down to each lower score. */
    private interface Step {
        void at(double taken, double found, double score, boolean last);
    }

    private void descend(Step step) {
        double taken = 0;
        double found = 0;
        int position = 0;
        for (int end : ranking.ends()) {
            double score = predictions.output(ranking.rows()[position], index);
            for (; position < end; position++) {
                int row = ranking.rows()[position];
                taken += predictions.weight(row);
                found += isPositive(row) ? predictions.weight(row) : 0;
            }
            step.at(taken, found, score, end == predictions.rows());
        }
    }

    /** Empty where all rows are of one class. */
    private List<RocPoint> roc() {
        double negatives = total - positives;
        if (positives == 0 || negatives <= 0) {
            return List.of();
        }
        List<RocPoint> points = new ArrayList<>(List.of(new RocPoint(0, 0)));
        descend((taken, found, score, last) -> {
            RocPoint before = points.get(points.size() - 1);
            RocPoint point = last ? new RocPoint(1, 1) : new RocPoint((taken - found) / negatives, found / positives);
            double moved = point.falsePositiveRate()
                    - before.falsePositiveRate()
                    + point.truePositiveRate()
                    - before.truePositiveRate();
            if (last || moved >= STEP) {
                points.add(point);
            }
        });
        return points;
    }

    private List<PrecisionRecallPoint> precisionRecall() {
        if (positives == 0) {
            return List.of();
        }
        List<PrecisionRecallPoint> points = new ArrayList<>();
        double[] before = {0};
        descend((taken, found, score, last) -> {
            double recall = found / positives;
            if (points.isEmpty() ? found > 0 : last || recall - before[0] >= STEP) {
                points.add(new PrecisionRecallPoint(recall, found / taken));
                before[0] = recall;
            }
        });
        return points;
    }

    private List<CalibrationBin> calibration() {
        List<CalibrationBin> bins = new ArrayList<>();
        int position = 0;
        for (int end : ranking.bins(BinaryScorer.CALIBRATION_BINS)) {
            int from = position;
            double weight = 0;
            double predicted = 0;
            double observed = 0;
            for (; position < end; position++) {
                int row = ranking.rows()[position];
                weight += predictions.weight(row);
                predicted += predictions.weight(row) * predictions.output(row, index);
                observed += isPositive(row) ? predictions.weight(row) : 0;
            }
            if (weight > 0) {
                bins.add(new CalibrationBin(end - from, predicted / weight, observed / weight));
            }
        }
        Collections.reverse(bins);
        return bins;
    }

    List<ThresholdPoint> thresholds() {
        List<ThresholdPoint> points = new ArrayList<>();
        double[] before = {0, 2};
        descend((taken, found, score, last) -> {
            if (last || taken / total - before[0] >= STEP || before[1] - score >= STEP) {
                points.add(new ThresholdPoint(
                        score,
                        taken > 0 ? found / taken : null,
                        positives > 0 ? found / positives : null,
                        taken + positives > 0 ? 2 * found / (taken + positives) : null,
                        taken / total));
                before[0] = taken / total;
                before[1] = score;
            }
        });
        Collections.reverse(points);
        return points;
    }

    /** Rows of equal score are taken in shares, as if in random order. */
    List<GainPoint> gains() {
        List<GainPoint> points = new ArrayList<>();
        if (positives == 0) {
            return points;
        }
        double[] before = {0, 0};
        descend((taken, found, score, last) -> {
            for (double share = (points.size() + 1) / 10.0;
                    points.size() < 10 && (last || taken >= share * total);
                    share = (points.size() + 1) / 10.0) {
                double part = Math.min(1, (share * total - before[0]) / (taken - before[0]));
                double recall = (before[1] + part * (found - before[1])) / positives;
                points.add(new GainPoint(share, recall, recall / share));
            }
            before[0] = taken;
            before[1] = found;
        });
        return points;
    }
}
