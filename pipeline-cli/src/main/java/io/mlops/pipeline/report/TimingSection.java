package io.mlops.pipeline.report;

import io.mlops.pipeline.report.ReportModel.Timing;
import io.mlops.pipeline.report.chart.Bars;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the time went. */
final class TimingSection {
    static final String ID = "timings";

    private TimingSection() {}

    static Optional<Section> of(ReportModel model) {
        List<Timing> timings = model.timings();
        if (timings.isEmpty()) {
            return Optional.empty();
        }
        double total = timings.stream()
                .filter(each -> !each.cached())
                .mapToDouble(Timing::seconds)
                .sum();
        String sentence = "The stages before this report took " + Numbers.seconds(total) + " in this run.";
        return PageLayout.section(
                ID,
                "Time",
                sentence,
                Stream.of(new Block.Charts(List.of(Bars.draw(
                        ID,
                        "Time by stage",
                        "How long each stage takes; one that was answered from the cache took that long in an earlier run.",
                        List.of("Stage", "Time"),
                        timings.stream()
                                .map(each -> each.stage() + (each.cached() ? " (from the cache)" : ""))
                                .toList(),
                        timings.stream().mapToDouble(Timing::seconds).toArray(),
                        timings.stream()
                                .map(each -> Numbers.seconds(each.seconds()))
                                .toList())))));
    }
}
