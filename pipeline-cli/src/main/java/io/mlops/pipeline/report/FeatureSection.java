package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.evaluation.training.TrainingSummary;
import io.mlops.pipeline.report.chart.Bars;
import io.mlops.pipeline.report.chart.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which columns the model relies on. */
final class FeatureSection {
    private static final int MOST_BARS = 15;
    private static final int MOST_ROWS = 500;

    private FeatureSection() {}

    static Optional<Section> of(ReportModel model) {
        TrainingSummary training = model.training();
        if (training == null) {
            return Optional.empty();
        }
        List<Chart> charts = new ArrayList<>();
        List<Map.Entry<String, Double>> gain = training.gain().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        if (!training.permutation().isEmpty()) {
            charts.add(permutation(training.permutation()));
        }
        if (!gain.isEmpty()) {
            charts.add(gain(gain));
        }
        List<Block> blocks = new ArrayList<>();
        if (!charts.isEmpty()) {
            blocks.add(new Block.Charts(charts));
        }
        if (training.permutation().size() > MOST_BARS) {
            blocks.add(Block.Grid.of(
                    "All columns by what their loss would cost",
                    true,
                    2,
                    List.of("Column", "Worse by", "Deviation over folds"),
                    training.permutation().stream()
                            .limit(MOST_ROWS)
                            .map(each ->
                                    List.of(each.column(), Numbers.rough(each.mean()), Numbers.rough(each.deviation())))
                            .toList()));
        }
        if (gain.size() > MOST_BARS) {
            blocks.add(Block.Grid.of(
                    "All features by their contribution",
                    true,
                    1,
                    List.of("Feature", "Contribution"),
                    gain.stream()
                            .limit(MOST_ROWS)
                            .map(each -> List.of(each.getKey(), Numbers.percent(each.getValue())))
                            .toList()));
        }
        String sentence = "The model saw " + Numbers.count(training.features(), "feature")
                + "; these are the ones that matter. That a column matters to the model does not mean that it is a cause.";
        return PageLayout.section("features", "What the model looks at", sentence, blocks.stream());
    }

    private static Chart permutation(List<PermutationImportance> all) {
        List<PermutationImportance> first = all.stream().limit(MOST_BARS).toList();
        String metric = Metric.ofKey(first.get(0).metric())
                .map(MetricWords::name)
                .orElse(first.get(0).metric());
        return Bars.draw(
                "permutation",
                "What each column is worth",
                "How much worse " + metric
                        + " gets on held-out rows when the values of one column are shuffled, so that it"
                        + " says nothing any more. Columns that say the same share their worth; about 0 means the column"
                        + " could go." + more(all.size()),
                List.of("Column", metric + " worse by"),
                first.stream().map(PermutationImportance::column).toList(),
                first.stream().mapToDouble(PermutationImportance::mean).toArray(),
                first.stream()
                        .map(each -> each.deviation() > 0
                                ? Numbers.spread(each.mean(), each.deviation())
                                : Numbers.rough(each.mean()))
                        .toList());
    }

    private static Chart gain(List<Map.Entry<String, Double>> all) {
        List<Map.Entry<String, Double>> first = all.stream().limit(MOST_BARS).toList();
        return Bars.draw(
                "gain",
                "What the model used",
                "Each feature's share of what the model gained while it learned, on training rows; all features together"
                        + " are 100 %." + more(all.size()),
                List.of("Feature", "Contribution"),
                first.stream().map(Map.Entry::getKey).toList(),
                first.stream().mapToDouble(Map.Entry::getValue).toArray(),
                first.stream().map(each -> Numbers.percent(each.getValue())).toList());
    }

    private static String more(int all) {
        return all > MOST_BARS ? " The first " + MOST_BARS + " of " + all + "." : "";
    }
}
