package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Comparison;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All metrics, the champion's beside them, and the conditions that were set. */
final class MetricSection {
    private MetricSection() {}

    static Optional<Section> of(ReportModel model) {
        Evaluation evaluation = model.evaluation();
        List<Block> blocks = new ArrayList<>();
        blocks.add(metrics(evaluation));
        if (!evaluation.verdict().gates().isEmpty()) {
            blocks.add(new Block.Notes(evaluation.verdict().gates().stream()
                    .map(MetricSection::note)
                    .toList()));
        }
        String sentence =
                "What the model is worth on rows that it has never seen; the interval says between which values"
                        + " the number would lie in 95 of 100 tests like this one.";
        return PageLayout.section("metrics", "Quality on unseen rows", sentence, blocks.stream());
    }

    private static Block.Note note(Verdict.Gate gate) {
        return new Block.Note(
                gate.passed() ? Block.Level.GOOD : Block.Level.BAD,
                "Asked for: " + gate.condition() + ". Found: " + gate.finding() + ".");
    }

    private static Block metrics(Evaluation evaluation) {
        Comparison comparison = evaluation.comparison();
        List<String> header = new ArrayList<>(List.of("Metric", "Value", "95 % interval"));
        if (comparison != null) {
            header.add("Champion");
            header.add("Difference");
        }
        header.add("What it says");
        List<List<String>> rows = new ArrayList<>();
        for (Metric metric : Metric.of(evaluation.target().task())) {
            Estimate estimate = evaluation.metrics().get(metric.key());
            if (estimate != null) {
                rows.add(row(metric, estimate, comparison));
            } else if (evaluation.undefined().containsKey(metric.key())) {
                List<String> row = new ArrayList<>(List.of(MetricWords.name(metric), "–"));
                Stream.generate(() -> "").limit(header.size() - 3L).forEach(row::add);
                row.add("not defined: " + evaluation.undefined().get(metric.key()));
                rows.add(row);
            }
        }
        return new Block.Grid("", false, 1, header.size() - 2, header, rows);
    }

    private static List<String> row(Metric metric, Estimate estimate, @Nullable Comparison comparison) {
        List<String> row = new ArrayList<>(List.of(
                MetricWords.name(metric),
                MetricWords.shown(metric, estimate.value()),
                MetricWords.interval(metric, estimate.lower(), estimate.upper())));
        if (comparison != null) {
            Comparison.Difference difference = comparison.differences().get(metric.key());
            row.add(difference == null ? "" : MetricWords.shown(metric, difference.champion()));
            row.add(difference == null ? "" : difference(metric, difference));
        }
        row.add(MetricWords.meaning(metric));
        return row;
    }

    private static String difference(Metric metric, Comparison.Difference difference) {
        if (difference.difference() == 0) {
            return "0 (equal)";
        }
        String better = metric.improvement(difference.challenger(), difference.champion()) >= 0 ? "better" : "worse";
        Double lower = difference.lower();
        Double upper = difference.upper();
        boolean chance = lower != null && upper != null && lower <= 0 && upper >= 0;
        return MetricWords.difference(metric, difference.challenger(), difference.champion()) + " ("
                + (chance ? "within chance" : better) + ")";
    }
}
