package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.model.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Makes the best model that predicts a row within a time. Of each contender as many folds' models take part as there is time
 * for; where those are fewer than three, one is fitted once more on all rows.
 */
final class QuickModel {
    /** Two folds' models take twice as long as one of all rows, and are not better. */
    private static final int LEAST_FOLDS = 3;

    private final Ensemble whole;
    private final MemberCosts costs;
    private final ToDoubleFunction<Assembled> latency;
    private final Refit refit;
    private final Deadline deadline;
    private final boolean newest;
    private final Target target;
    private final Map<Contender, FoldModel> refitted = new HashMap<>();

    /**
     * A model with the time it was measured to take.
     *
     * @param microseconds for a row
     */
    record Timed(Delivery delivery, double microseconds) {}

    /**
     * Makes one.
     *
     * @param latency how many microseconds a row takes
     * @param deadline of fits
     * @param newest whether later rows are other than earlier ones, so that only a fit on all rows will do
     */
    QuickModel(
            Ensemble whole,
            MemberCosts costs,
            ToDoubleFunction<Assembled> latency,
            Refit refit,
            Deadline deadline,
            boolean newest,
            Target target) {
        this.whole = whole;
        this.costs = costs;
        this.latency = latency;
        this.refit = refit;
        this.deadline = deadline;
        this.newest = newest;
        this.target = target;
    }

    /**
     * The one with the least loss that keeps a limit; where none does, the fastest, which then takes longer.
     *
     * @param front as {@link TradeOff#front} gives it
     */
    Timed within(double limit, List<TradeOff.Point> front) {
        for (int i = front.size() - 1; i >= 0; i--) {
            TradeOff.Point point = front.get(i);
            if (point.microseconds() <= limit || i == 0) {
                Ensemble ensemble = whole.weighed(point.weights());
                Timed made = newest ? ofAllRows(ensemble) : ofFolds(ensemble, limit);
                if (made.microseconds() <= limit || i == 0) {
                    return made;
                }
            }
        }
        throw new IllegalStateException("there is no contender");
    }

    private Timed ofFolds(Ensemble ensemble, double limit) {
        int folds = ensemble.contenders().get(0).models().size();
        for (int each = folds; each >= Math.min(LEAST_FOLDS, folds); each--) {
            if (costs.of(ensemble.weights(), each) <= limit) {
                Timed made = timed(ensemble, ensemble.members(each));
                if (made.microseconds() <= limit) {
                    return made;
                }
            }
        }
        return ofAllRows(ensemble);
    }

    private Timed ofAllRows(Ensemble ensemble) {
        return timed(
                ensemble,
                ensemble.chosen().stream()
                        .map(i -> new Ensemble.Share(
                                List.of(onAllRows(ensemble.contenders().get(i))), ensemble.weights()[i]))
                        .toList());
    }

    /** Where there is no time for the fit, the last fold's model stands in. */
    private FoldModel onAllRows(Contender contender) {
        return refitted.computeIfAbsent(contender, each -> {
            FoldModel last = Refit.newest(each);
            if (deadline.isLimited() && last.seconds() > deadline.left().toNanos() / 1e9) {
                return last;
            }
            FoldModel model = refit.refit(each, deadline);
            return model.cut() ? last : model;
        });
    }

    private Timed timed(Ensemble ensemble, List<Ensemble.Share> shares) {
        Delivery delivery = Delivery.of(ensemble, shares, target);
        return new Timed(delivery, latency.applyAsDouble(delivery.assembled()));
    }
}
