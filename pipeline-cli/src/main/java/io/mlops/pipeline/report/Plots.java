package io.mlops.pipeline.report;

import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.ChartFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the charts of a report as files, under the names that people know from MLflow's evaluations. */
final class Plots {
    private static final Set<String> OF_TIME = Set.of(TimingSection.ID, LatencySection.ID);
    private static final String IMPORTANCE = "feature_importance";

    /** The file's name by the chart's id, where it is not the id itself. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("confusion", "confusion_matrix"),
            Map.entry("thresholds", "thresholds_plot"),
            Map.entry("roc", "roc_curve_plot"),
            Map.entry("precision-recall", "precision_recall_curve_plot"),
            Map.entry("calibration", "calibration_curve_plot"),
            Map.entry("gains", "cumulative_gains_plot"),
            Map.entry("lift", "lift_curve_plot"),
            Map.entry("permutation", IMPORTANCE),
            Map.entry("gain", "feature_contribution"),
            Map.entry("folds", "cross_validation_folds"),
            Map.entry("learning", "learning_curve"),
            Map.entry("predicted-actual", "predicted_vs_actual"),
            Map.entry("target", "target_distribution"));

    private Plots() {}

    /**
     * Writes the charts of a page that tell of the model, and not of the time it took.
     *
     * @param folder is made
     */
    static void write(Path folder, Page page) {
        List<Chart> charts = page.sections().stream()
                .filter(section -> !OF_TIME.contains(section.id()))
                .flatMap(section -> section.blocks().stream())
                .filter(Block.Charts.class::isInstance)
                .flatMap(block -> ((Block.Charts) block).charts().stream())
                .toList();
        Set<String> ids = charts.stream().map(Chart::id).collect(Collectors.toSet());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
        charts.forEach(chart -> ChartFile.write(folder, name(chart.id(), ids), chart));
    }

    /** Where the worth of columns was not measured, what the model says of them stands for it. */
    private static String name(String id, Set<String> ids) {
        return id.equals("gain") && !ids.contains("permutation")
                ? IMPORTANCE
                : NAMES.getOrDefault(id, id.replace('-', '_'));
    }
}
