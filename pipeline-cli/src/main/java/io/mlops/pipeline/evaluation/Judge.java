package io.mlops.pipeline.evaluation;

import io.mlops.pipeline.evaluation.Comparison.Difference;
import io.mlops.pipeline.evaluation.Verdict.Gate;
import io.mlops.pipeline.evaluation.Verdict.Outcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Comes to a verdict from metrics and a comparison. */
record Judge(Metric metric, EvaluationSettings.Gates gates, int resamples) {
    Verdict judge(Map<String, Estimate> metrics, @Nullable Comparison comparison) {
        List<Gate> outcomes = new ArrayList<>();
        gates.atLeast().forEach((key, bound) -> outcomes.add(gate(metrics, key, "at least", bound)));
        gates.atMost().forEach((key, bound) -> outcomes.add(gate(metrics, key, "at most", bound)));
        List<Gate> failed = outcomes.stream().filter(gate -> !gate.passed()).toList();
        if (!failed.isEmpty()) {
            return new Verdict(
                    Outcome.REJECTED,
                    failed.stream()
                            .map(gate -> gate.condition() + " is asked for, but " + gate.finding())
                            .collect(Collectors.joining("; ")),
                    outcomes);
        }
        if (comparison == null) {
            Estimate estimate = metrics.get(metric.key());
            return new Verdict(
                    Outcome.FIRST,
                    "there is no champion to compare with; " + metric.title()
                            + (estimate == null ? " has no value" : " " + number(estimate.value())),
                    outcomes);
        }
        Difference difference = comparison.differences().get(metric.key());
        if (difference == null) {
            return new Verdict(
                    Outcome.NOT_BETTER, "the " + metric.title() + " of one of the models has no value", outcomes);
        }
        Outcome outcome = outcome(difference);
        return new Verdict(outcome, reason(difference, outcome), outcomes);
    }

    private static Gate gate(Map<String, Estimate> metrics, String key, String side, double bound) {
        Estimate estimate = metrics.get(key);
        boolean passed =
                estimate != null && (side.equals("at least") ? estimate.value() >= bound : estimate.value() <= bound);
        return new Gate(
                key + " " + side + " " + number(bound),
                passed,
                key + (estimate == null ? " has no value" : " is " + number(estimate.value())));
    }

    private Outcome outcome(Difference difference) {
        double improvement = metric.improvement(difference.challenger(), difference.champion());
        if (resamples == 0) {
            return improvement > gates.minImprovement()
                    ? Outcome.BETTER
                    : improvement < 0 ? Outcome.WORSE : Outcome.NOT_BETTER;
        }
        if (improvement > gates.minImprovement() && difference.better() >= gates.confidence()) {
            return Outcome.BETTER;
        }
        return improvement < 0 && difference.worse() >= gates.confidence() ? Outcome.WORSE : Outcome.NOT_BETTER;
    }

    private String reason(Difference difference, Outcome outcome) {
        StringBuilder text = new StringBuilder(metric.title());
        text.append(' ').append(number(difference.challenger()));
        text.append(" against the champion's ").append(number(difference.champion()));
        text.append(": ").append(signed(difference.difference()));
        if (difference.lower() != null && difference.upper() != null) {
            text.append(" (95 % interval ").append(signed(difference.lower()));
            text.append(" to ").append(signed(difference.upper())).append(")");
        }
        if (resamples > 0) {
            boolean worse = outcome == Outcome.WORSE;
            text.append(worse ? ", worse" : ", better");
            if (!worse && gates.minImprovement() > 0) {
                text.append(" by more than ").append(number(gates.minImprovement()));
            }
            double share = worse ? difference.worse() : difference.better();
            text.append(" in ").append(percent(share)).append(" of the resamples");
            if (outcome == Outcome.NOT_BETTER) {
                text.append(" where ").append(percent(gates.confidence())).append(" are asked for");
            }
        }
        return text.toString();
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString() + " %";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String signed(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(2));
        return (value >= 0 ? "+" : "") + rounded.stripTrailingZeros().toPlainString();
    }
}
