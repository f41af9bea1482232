package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws horizontal bars, the first on top. */
public final class Bars {
    /** The width of a character of the values in a wide font, as a share of the width of the chart. */
    private static final double CHARACTER = 0.0215;

    private Bars() {}

    /**
     * Draws one bar for each value.
     *
     * @param shown the values as text, which stand in the place of an axis
     * @param header what the names and the values are, for the table of numbers
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            List<String> header,
            List<String> names,
            double[] values,
            List<String> shown) {
        double largest = Math.max(0, Arrays.stream(values).max().orElse(0));
        double smallest = Math.min(0, Arrays.stream(values).min().orElse(0));
        double range = largest > smallest ? largest - smallest : 1;
        int longest = shown.stream().mapToInt(String::length).max().orElse(0);
        double room = Math.min(0.6, CHARACTER * (longest + 1));
        NamedRows rows = new NamedRows(names, smallest, largest + range * room / (1 - room), "");
        double[] ends = Arrays.stream(values)
                .map(value -> Math.max(value, 0) + range * 0.015)
                .toArray();
        rows.plot()
                .layer(
                        "bar",
                        options("x", values, "y", rows.positions()),
                        options("x", "x", "y", "y"),
                        "orientation",
                        "y",
                        "width",
                        0.3,
                        "fill",
                        Palette.SERIES_1,
                        "size",
                        0.0)
                .layer(
                        "text",
                        options("x", ends, "y", rows.positions(), "label", shown),
                        options("x", "x", "y", "y", "label", "label"),
                        "hjust",
                        0.0,
                        "vjust",
                        0.5,
                        "size",
                        NamedRows.TEXT,
                        "color",
                        Palette.MUTED);
        List<List<String>> numbers = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            numbers.add(List.of(names.get(i), shown.get(i)));
        }
        return rows.draw(id, title, description, header, numbers);
    }
}
