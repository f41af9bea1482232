package io.mlops.pipeline.automl;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import io.mlops.pipeline.evaluation.training.Spread;
import io.mlops.pipeline.model.space.Overlay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Puts what a search found into a table. */
final class Leaderboards {
    private Leaderboards() {}

    static Leaderboard of(
            Delivery delivery, List<Search.Skipped> skipped, boolean byClock, FoldData data, Metric metric) {
        List<Leaderboard.Entry> entries = new ArrayList<>();
        Ensemble ensemble = delivery.ensemble();
        List<Contender> contenders = ensemble.contenders();
        for (int i = 0; i < contenders.size(); i++) {
            entries.add(entry(contenders.get(i), ensemble.weights()[i], data, metric));
        }
        Comparator<Leaderboard.Entry> byScore =
                Comparator.comparingDouble(each -> each.score() == null ? Double.NEGATIVE_INFINITY : each.score());
        entries.sort(metric.greaterIsBetter() ? byScore.reversed() : byScore);
        for (Search.Skipped each : skipped) {
            Candidate<?> candidate = each.candidate();
            entries.add(new Leaderboard.Entry(
                    candidate.name(),
                    candidate.learner().name(),
                    Overlay.values(candidate.parameters()),
                    null,
                    0,
                    0,
                    0,
                    0,
                    each.reason()));
        }
        SelectionLoss loss = new SelectionLoss(metric, data.target(), data.truth());
        double score = loss.metric(loss.applyAsDouble(ensemble.outputs()));
        return new Leaderboard(metric.key(), score, entries, delivery.without(), byClock, delivery.curve());
    }

    private static Leaderboard.Entry entry(Contender contender, double weight, FoldData data, Metric metric) {
        SelectionLoss whole = new SelectionLoss(metric, data.target(), data.truth());
        double score = whole.metric(whole.applyAsDouble(contender.outputs()));
        int folds = contender.models().size();
        double[] scores = IntStream.range(0, folds)
                .mapToDouble(fold -> {
                    SelectionLoss own = new SelectionLoss(metric, data.target(), data.truth(fold));
                    return own.metric(
                            own.applyAsDouble(contender.models().get(fold).outputs()));
                })
                // Undefined where a fold holds out rows of one class only.
                .filter(Double::isFinite)
                .toArray();
        long cut = contender.models().stream().filter(FoldModel::cut).count();
        return new Leaderboard.Entry(
                contender.candidate().name(),
                contender.candidate().learner().name(),
                Overlay.values(contender.candidate().parameters()),
                score,
                Spread.of(scores).deviation(),
                weight,
                contender.models().stream().mapToDouble(FoldModel::seconds).sum(),
                contender.models().stream().mapToDouble(FoldModel::microseconds).sum(),
                cut == 0 ? "" : "ended by the clock in " + cut + " of " + folds + " folds");
    }
}
