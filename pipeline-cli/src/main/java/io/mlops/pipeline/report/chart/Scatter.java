package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.List;

/** Draws points, with a straight line to compare with. */
public final class Scatter {
    private Scatter() {}

    /**
     * Draws them.
     *
     * @param reference two points that the line connects: x, y, x, y
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            String xName,
            String yName,
            double[] x,
            double[] y,
            double[] reference) {
        Series points = new Series("", x, y).finite().thinned(1000);
        Plot plot = new Plot(330)
                .layer(
                        "point",
                        options("x", points.x(), "y", points.y()),
                        options("x", "x", "y", "y"),
                        "color",
                        Palette.SERIES_1,
                        "size",
                        2.0,
                        "alpha",
                        points.x().length > 200 ? 0.35 : 0.6)
                .layer(
                        "line",
                        options("x", new double[] {reference[0], reference[2]}, "y", new double[] {
                            reference[1], reference[3]
                        }),
                        options("x", "x", "y", "y"),
                        "color",
                        Palette.SERIES_2,
                        "linetype",
                        "dashed",
                        "size",
                        1.0)
                .scale("x", "name", xName)
                .scale("y", "name", yName);
        return new Chart(id, title, description, plot.svg(id, title, description), List.of(), List.of());
    }
}
