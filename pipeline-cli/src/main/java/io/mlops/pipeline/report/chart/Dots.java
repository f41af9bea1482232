package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws every one of several values as a dot on a common line, and their mean as a tick. */
public final class Dots {
    private Dots() {}

    /**
     * Draws one line of dots.
     *
     * @param names what each dot is, for the table of numbers
     * @param shown each value as text
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            String axis,
            double[] values,
            List<String> names,
            List<String> shown) {
        double from = Arrays.stream(values).min().orElse(0);
        double to = Arrays.stream(values).max().orElse(1);
        double mean = Arrays.stream(values).average().orElse(0);
        Plot plot = new Plot(125)
                .scale(
                        "x",
                        "name",
                        axis,
                        "limits",
                        to > from ? new double[] {from, to} : new double[] {from - 0.5, to + 0.5})
                .scale("y", "name", "", "limits", new double[] {0, 1})
                .theme("axis_text_y", "blank")
                .theme("panel_grid_major_y", "blank")
                .layer(
                        "segment",
                        options("x", new double[] {mean}, "from", new double[] {0.15}, "to", new double[] {0.85}),
                        options("x", "x", "xend", "x", "y", "from", "yend", "to"),
                        "color",
                        Palette.SERIES_2,
                        "size",
                        1.4)
                .layer(
                        "point",
                        options("x", values, "y", spread(values.length)),
                        options("x", "x", "y", "y"),
                        "color",
                        Palette.SERIES_1,
                        "size",
                        4.0,
                        "alpha",
                        0.75);
        List<List<String>> numbers = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            numbers.add(List.of(names.get(i), shown.get(i)));
        }
        return new Chart(id, title, description, plot.svg(id, title, description), List.of("", axis), numbers);
    }

    /** Heights that keep neighbouring dots apart, the same in every run. */
    private static double[] spread(int count) {
        double[] heights = new double[count];
        for (int i = 0; i < count; i++) {
            heights[i] = 0.3 + 0.4 * ((i * 0.618034) % 1);
        }
        return heights;
    }
}
