package io.mlops.pipeline.automl;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.model.Deadline;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an ensemble what is delivered.
 *
 * @param newest whether rows have a time, so that each contender is fitted once more on all of them
 * @param refit makes these fits
 * @param deadline of them
 */
record Deliveries(FoldData data, boolean newest, Refit refit, Deadline deadline) {
    /** All of an ensemble. */
    Delivery whole(Ensemble ensemble) {
        return Delivery.of(ensemble, newest ? refit.refit(ensemble, deadline) : ensemble.members(), data.target());
    }

    /**
     * An ensemble, cut down to a time where there is a limit, with what that is worth.
     *
     * @param limit how many microseconds a row's prediction may take; null where any
     */
    Delivery timed(Ensemble ensemble, Metric metric, @Nullable Double limit) {
        SelectionLoss fast = SelectionLoss.fast(metric, data.target(), data.truth());
        SelectionLoss loss = new SelectionLoss(metric, data.target(), data.truth());
        Latency latency = new Latency(data.heldOut(0), ensemble.microseconds());
        Set<Integer> promising = Promising.of(ensemble, fast, limit == null ? 0 : limit);
        MemberCosts costs = MemberCosts.measure(ensemble.contenders(), promising, latency);
        TradeOff tradeOff = new TradeOff(ensemble, costs, fast);
        if (limit == null) {
            Delivery whole = whole(ensemble);
            // Added up: to be timed together, all would have to be in memory.
            double microseconds =
                    costs.of(ensemble.weights(), newest ? 1 : data.folds().size());
            return whole.with(curve(whole, microseconds, tradeOff.front(), loss, null), List.of())
                    .withGains(FamilyGains.without(ensemble, fast, data.truth().length));
        }
        tradeOff.addWithin(limit);
        List<TradeOff.Point> front = tradeOff.front();
        QuickModel.Timed made = new QuickModel(ensemble, costs, latency::of, refit, deadline, newest, data.target())
                .within(limit, front);
        LatencyCurve curve = curve(made.delivery(), made.microseconds(), front, loss, limit);
        return made.delivery().with(curve, List.of(note(curve, limit, ensemble, loss)));
    }

    private static LatencyCurve curve(
            Delivery delivery,
            double microseconds,
            List<TradeOff.Point> front,
            SelectionLoss loss,
            @Nullable Double limit) {
        List<LatencyCurve.Point> points = new ArrayList<>();
        for (TradeOff.Point point : front) {
            Ensemble possible = delivery.ensemble().weighed(point.weights());
            List<String> names = names(possible);
            points.add(new LatencyCurve.Point(point.microseconds(), score(possible, loss), names, names.size()));
        }
        Ensemble ensemble = delivery.ensemble();
        LatencyCurve.Point delivered = new LatencyCurve.Point(
                microseconds,
                score(ensemble, loss),
                names(ensemble),
                delivery.assembled().size());
        return new LatencyCurve(points, delivered, limit);
    }

    private static double score(Ensemble ensemble, SelectionLoss loss) {
        return loss.metric(loss.applyAsDouble(ensemble.outputs()));
    }

    private static List<String> names(Ensemble ensemble) {
        return ensemble.chosen().stream()
                .map(i -> ensemble.contenders().get(i).candidate().name())
                .toList();
    }

    private static String note(LatencyCurve curve, double limit, Ensemble whole, SelectionLoss loss) {
        LatencyCurve.Point made = curve.delivered();
        return made.microseconds() > limit
                ? String.format(
                        Locale.ROOT,
                        "no model predicts a row within %s microseconds; the fastest, %s, takes %s",
                        shown(limit),
                        String.join(", ", made.names()),
                        shown(made.microseconds()))
                : String.format(
                        Locale.ROOT,
                        "a row's prediction takes %s microseconds (limit %s), with %s; the score on the rows that chose"
                                + " it is %.5g, and would be %.5g without the limit",
                        shown(made.microseconds()),
                        shown(limit),
                        String.join(", ", made.names()),
                        made.score(),
                        score(whole, loss));
    }

    private static String shown(double microseconds) {
        return new BigDecimal(microseconds)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
