package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The models of an ensemble, and those that did not get in. */
final class LeaderboardSection {
    private static final int NUMBERS = 4;

    private LeaderboardSection() {}

    static Optional<Section> of(ReportModel model) {
        Leaderboard board = model.training() == null ? null : model.training().leaderboard();
        Optional<Metric> metric = board == null ? Optional.empty() : Metric.ofKey(board.metric());
        if (board == null || metric.isEmpty()) {
            return Optional.empty();
        }
        String name = MetricWords.name(metric.get());
        List<List<String>> rows = new ArrayList<>();
        for (Leaderboard.Entry entry : board.entries()) {
            Double score = entry.score();
            rows.add(List.of(
                    entry.name(),
                    entry.note(),
                    score == null ? "–" : MetricWords.spread(metric.get(), score, entry.deviation()),
                    score == null ? "–" : Numbers.percent(entry.weight()),
                    score == null ? "–" : Numbers.seconds(entry.fitSeconds()),
                    score == null ? "–" : Numbers.rough(entry.predictMicroseconds())));
        }
        String sentence = "The models that were tried, each on rows that it had not learned from. Together, with the"
                + " weights below, they reach " + MetricWords.shown(metric.get(), board.score()) + " (" + name
                + ") there; these rows chose the weights, so the quality to expect is the one at the top, of rows that"
                + " chose nothing.";
        Stream<Block> models = Stream.of(
                Block.Grid.of("", false, NUMBERS, List.of("Model", "", name, "Weight", "Fit", "µs per row"), rows));
        List<List<String>> families = new ArrayList<>();
        board.without()
                .forEach((family, score) -> families.add(List.of(
                        family,
                        MetricWords.shown(metric.get(), score),
                        MetricWords.shown(metric.get(), metric.get().improvement(board.score(), score)))));
        Stream<Block> gains = families.isEmpty()
                ? Stream.empty()
                : Stream.of(Block.Grid.of(
                        "What each family adds: the best ensemble of all others",
                        false,
                        2,
                        List.of("Without", name, "Worse by"),
                        families));
        return PageLayout.section("leaderboard", "Models tried", sentence, Stream.concat(models, gains));
    }
}
