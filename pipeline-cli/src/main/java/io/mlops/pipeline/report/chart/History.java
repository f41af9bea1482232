package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.Arrays;
import java.util.List;

/** Draws what was tried one after the other, and the best so far. */
public final class History {
    /** The share of the worst values that has no place on the axis, lest the others be one line. */
    private static final double OUTSIDE = 0.1;

    private static final int MOST_POINTS = 1000;

    private History() {}

    /**
     * Draws it.
     *
     * @param finished what counts
     * @param others what was given up
     * @param best the best so far, one value for each of all that were tried
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            String xName,
            String yName,
            Series finished,
            Series others,
            Series best,
            boolean greaterIsBetter,
            List<String> header,
            List<List<String>> numbers) {
        Plot plot = new Plot(320)
                .scale("x", "name", xName)
                .scale("y", "name", yName, "limits", limits(finished, others, best, greaterIsBetter));
        points(plot, others.finite().thinned(MOST_POINTS), Palette.REFERENCE, 2.2);
        points(plot, finished.finite().thinned(MOST_POINTS), Palette.SERIES_1, 3.2);
        Series line = best.finite();
        plot.layer(
                "step",
                options("x", line.x(), "y", line.y()),
                options("x", "x", "y", "y"),
                "color",
                Palette.SERIES_2,
                "size",
                1.2);
        return new Chart(id, title, description, plot.svg(id, title, description), header, numbers);
    }

    private static void points(Plot plot, Series points, Palette colour, double size) {
        plot.layer(
                "point",
                options("x", points.x(), "y", points.y()),
                options("x", "x", "y", "y"),
                "color",
                colour,
                "size",
                size,
                "alpha",
                0.7);
    }

    private static double[] limits(Series finished, Series others, Series best, boolean greaterIsBetter) {
        double[] all = Arrays.stream(new Series[] {finished, others, best})
                .flatMapToDouble(series -> Arrays.stream(series.finite().y()))
                .sorted()
                .toArray();
        if (all.length == 0) {
            return new double[] {0, 1};
        }
        int outside = (int) (all.length * OUTSIDE);
        double from = all[greaterIsBetter ? outside : 0];
        double to = all[greaterIsBetter ? all.length - 1 : all.length - 1 - outside];
        double margin = to > from ? (to - from) * 0.04 : 0.5;
        return new double[] {from - margin, to + margin};
    }
}
