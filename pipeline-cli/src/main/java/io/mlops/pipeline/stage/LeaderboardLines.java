package io.mlops.pipeline.stage;

import io.mlops.pipeline.evaluation.training.LatencyCurve;
import io.mlops.pipeline.evaluation.training.Leaderboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A leaderboard as lines of text. */
final class LeaderboardLines {
    /** More models than this are only counted: the file has them all. */
    private static final int MOST = 12;

    private LeaderboardLines() {}

    static List<String> of(Leaderboard board) {
        List<String> lines = new ArrayList<>();
        int width = board.entries().stream()
                .mapToInt(entry -> entry.name().length())
                .max()
                .orElse(0);
        lines.add(
                String.format(Locale.ROOT, "%-" + width + "s  %11s  weight    fit s  µs/row", "model", board.metric()));
        for (Leaderboard.Entry entry :
                board.entries().subList(0, Math.min(MOST, board.entries().size()))) {
            Double score = entry.score();
            String name = String.format(Locale.ROOT, "%-" + width + "s", entry.name());
            lines.add(
                    score == null
                            ? name + "            -  " + entry.note()
                            : String.format(
                                            Locale.ROOT,
                                            "%s  %11.5g  %6.2f  %7.1f  %6.1f  %s",
                                            name,
                                            score,
                                            entry.weight(),
                                            entry.fitSeconds(),
                                            entry.predictMicroseconds(),
                                            entry.note())
                                    .stripTrailing());
        }
        if (board.entries().size() > MOST) {
            lines.add("and " + (board.entries().size() - MOST) + " more in " + TrainStage.LEADERBOARD);
        }
        LatencyCurve latency = board.latency();
        if (latency != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.1f µs a row with %d models together",
                    latency.delivered().microseconds(),
                    latency.delivered().models()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "together %s %.5g on the rows that chose them; the score to trust is that of evaluate",
                board.metric(),
                board.score()));
        return lines;
    }
}
