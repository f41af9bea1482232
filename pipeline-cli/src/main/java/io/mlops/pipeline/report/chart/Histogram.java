package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.Collections;
import java.util.List;

/** Draws how many values lie in each of several bins. */
public final class Histogram {
    private Histogram() {}

    /**
     * Draws it.
     *
     * @param edges one more than there are counts
     */
    public static Chart draw(
            String id, String title, String description, String axis, List<Double> edges, List<Long> counts) {
        int bins = counts.size();
        Plot plot = new Plot(250)
                .layer(
                        "rect",
                        options(
                                "from", edges.subList(0, bins),
                                "to", edges.subList(1, bins + 1),
                                "zero", Collections.nCopies(bins, 0.0),
                                "count", counts.stream().map(Long::doubleValue).toList()),
                        options("xmin", "from", "xmax", "to", "ymin", "zero", "ymax", "count"),
                        "fill",
                        Palette.SERIES_1,
                        "color",
                        Palette.INVERSE,
                        "size",
                        0.6)
                .scale("x", "name", Labels.fit(axis, 40))
                .scale("y", "name", "Rows");
        return new Chart(id, title, description, plot.svg(id, title, description), List.of(), List.of());
    }
}
