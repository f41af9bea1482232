package io.mlops.pipeline.stage;

import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Verdict;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import io.mlops.pipeline.tracking.ModelVersion;
import java.util.Locale;

/**
 * The verdict where no rows are set aside: the champion may have learned from the rows at hand, so it is not scored on them;
 * the score recorded when it was registered stands for it.
 */
final class RecordedChampion {
    private RecordedChampion() {}

    static Verdict verdict(Evaluation evaluation, ModelVersion champion, double minImprovement) {
        Verdict before = evaluation.verdict();
        String key = evaluation.metric().key();
        Double recorded = champion.metrics().get(key);
        Estimate own = evaluation.metrics().get(key);
        if (before.outcome() == Outcome.REJECTED || recorded == null || own == null) {
            return before;
        }
        // The end of the interval that speaks against a claim must still bear it out.
        double sign = evaluation.metric().greaterIsBetter() ? 1 : -1;
        double lower = own.lower() == null ? own.value() : own.lower();
        double upper = own.upper() == null ? own.value() : own.upper();
        double pessimistic = sign * (sign > 0 ? lower : upper);
        double optimistic = sign * (sign > 0 ? upper : lower);
        Outcome outcome = pessimistic > sign * recorded + minImprovement
                ? Outcome.BETTER
                : optimistic < sign * recorded ? Outcome.WORSE : Outcome.NOT_BETTER;
        return new Verdict(
                outcome,
                String.format(
                        Locale.ROOT,
                        "%s %.4g out of fold (95 %% interval %.4g to %.4g) against %.4g recorded for version %d; no rows are"
                                + " set aside on which both could be compared",
                        key,
                        own.value(),
                        lower,
                        upper,
                        recorded,
                        champion.number()),
                before.gates());
    }
}
