package io.mlops.pipeline.evaluation.training;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.evaluation.calibration.Calibrator;
import io.mlops.pipeline.evaluation.calibration.HeldOutOutputs;
import io.mlops.pipeline.evaluation.threshold.ThresholdChoice;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Costs;
import io.mlops.pipeline.model.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rows that were held out say: how outputs become answers, and scores. */
public record Judgement(Answer answer, List<FoldScore> scores, OutOfFoldPredictions outOfFold) {

    /**
     * Judges models by what they gave the rows they had not seen.
     *
     * @param source which rows these are, for people
     */
    public static Judgement of(
            List<? extends FoldOutcome<?>> outcomes,
            RowKeys keys,
            Target target,
            TrainSettings settings,
            @Nullable Costs costs,
            String source) {
        Answer answer = Answer.of(target, outputs(outcomes, keys, target), settings, costs, source);
        List<FoldScore> scores = new ArrayList<>();
        Means means = new Means(keys.rows(), target.outputs());
        for (FoldOutcome<?> outcome : outcomes) {
            double[] corrected = outcome.outputs();
            Decision decision = answer.decision();
            if (target.task().isClassification()) {
                HeldOutOutputs others = others(outcomes, outcome, keys, target);
                boolean alone = others.size() == 0;
                Calibration fitted = alone
                        ? answer.calibration().calibration()
                        : Calibrator.fit(others, answer.calibration().method());
                ThresholdChoice threshold =
                        alone ? answer.threshold() : Answer.threshold(target, others, fitted, settings, answer.costs());
                corrected = fitted.apply(outcome.outputs(), target.outputs());
                decision = Answer.decision(threshold, answer.costs());
            }
            means.add(outcome.fold().heldOut(), corrected);
            scores.add(score(outcome, keys, target, corrected, decision));
        }
        return new Judgement(answer, List.copyOf(scores), means.predictions(keys));
    }

    private static FoldScore score(
            FoldOutcome<?> outcome, RowKeys keys, Target target, double[] outputs, Decision decision) {
        double[] truth = FoldFit.pick(keys.values(), outcome.fold().heldOut());
        return new FoldScore(
                outcome.fold().repeat(),
                outcome.fold().index(),
                outcome.fold().training().length,
                truth.length,
                outcome.rounds(),
                outcome.seconds(),
                Metrics.compute(Predictions.of(target, truth, outputs, decision))
                        .values());
    }

    /** The outputs of the other folds of the same repetition, which share no row with this one. */
    private static HeldOutOutputs others(
            List<? extends FoldOutcome<?>> outcomes, FoldOutcome<?> one, RowKeys keys, Target target) {
        return outputs(
                outcomes.stream()
                        .filter(other -> other.fold().repeat() == one.fold().repeat()
                                && other.fold().index() != one.fold().index())
                        .toList(),
                keys,
                target);
    }

    private static HeldOutOutputs outputs(List<? extends FoldOutcome<?>> outcomes, RowKeys keys, Target target) {
        int size = outcomes.stream()
                .mapToInt(outcome -> outcome.fold().heldOut().length)
                .sum();
        int classes = target.outputs();
        double[] outputs = new double[size * classes];
        double[] truth = new double[size];
        int[] row = new int[size];
        int[] part = new int[size];
        int next = 0;
        for (FoldOutcome<?> outcome : outcomes) {
            System.arraycopy(outcome.outputs(), 0, outputs, next * classes, outcome.outputs().length);
            for (int index : outcome.fold().heldOut()) {
                truth[next] = keys.values()[index];
                row[next] = index;
                part[next] = HeldOutOutputs.partOf(keys.hashes()[index]);
                next++;
            }
        }
        return new HeldOutOutputs(outputs, classes, truth, row, part);
    }

    /** The mean outputs of each row over the repetitions. */
    private static final class Means {
        private final int width;
        private final double[] sums;
        private final int[] times;

        Means(int rows, int width) {
            this.width = width;
            sums = new double[Math.multiplyExact(rows, width)];
            times = new int[rows];
        }

        void add(int[] rows, double[] outputs) {
            for (int i = 0; i < rows.length; i++) {
                times[rows[i]]++;
                for (int k = 0; k < width; k++) {
                    sums[rows[i] * width + k] += outputs[i * width + k];
                }
            }
        }

        OutOfFoldPredictions predictions(RowKeys keys) {
            int covered = 0;
            for (int time : times) {
                covered += time > 0 ? 1 : 0;
            }
            long[] numbers = new long[covered];
            double[] truth = new double[covered];
            double[] outputs = new double[covered * width];
            int next = 0;
            for (int row = 0; row < times.length; row++) {
                if (times[row] > 0) {
                    numbers[next] = keys.numbers()[row];
                    truth[next] = keys.values()[row];
                    for (int k = 0; k < width; k++) {
                        outputs[next * width + k] = sums[row * width + k] / times[row];
                    }
                    next++;
                }
            }
            return new OutOfFoldPredictions(numbers, truth, outputs);
        }
    }
}
