package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws points, with a straight line to compare with. */
public final class Scatter {
    private Scatter() {}

    /** Draws them, numbers on both axes. */
    public static Chart draw(
            String id,
            String title,
            String description,
            String xName,
            String yName,
            double[] x,
            double[] y,
            double[] reference) {
        return draw(id, title, description, xName, yName, null, x, y, reference);
    }

    /**
     * Draws them.
     *
     * @param xFormat how the numbers below are written, {@code d} for years
     * @param reference two points that the line connects: x, y, x, y
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            String xName,
            String yName,
            @Nullable String xFormat,
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
                .scale(
                        "x",
                        xFormat == null
                                ? new Object[] {"name", xName}
                                : new Object[] {"name", xName, "format", xFormat})
                .scale("y", "name", yName);
        return new Chart(id, title, description, plot.svg(id, title, description), List.of(), List.of());
    }
}
