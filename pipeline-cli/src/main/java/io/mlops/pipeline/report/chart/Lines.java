package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Draws lines: one or more series over a common axis. */
public final class Lines {
    private static final int HEIGHT = 300;
    private static final int LEGEND_LINE = 22;
    /** Two entries of this length stand side by side below the narrowest chart. */
    private static final int LONGEST_NAME = 14;

    private static final int MOST_POINTS = 160;
    private static final List<Object> LINE_TYPES = List.of("solid", "dashed", "dotdash", "longdash", "dotted");

    private final String id;
    private final String title;
    private final String description;
    private final String xName;
    private final String yName;
    private final List<Series> series = new ArrayList<>();
    private @Nullable Series reference;
    private @Nullable Double marked;
    private List<String> header = List.of();
    private List<List<String>> numbers = List.of();
    private boolean points;
    private boolean logarithmic;
    private double @Nullable [] xLimits;
    private double @Nullable [] yLimits;

    /** An empty chart. */
    public Lines(String id, String title, String description, String xName, String yName) {
        this.id = id;
        this.title = title;
        this.description = description;
        this.xName = xName;
        this.yName = yName;
    }

    /** Adds a line. */
    public Lines line(String name, double[] x, double[] y) {
        series.add(new Series(padded(Labels.fit(name, LONGEST_NAME)), x, y)
                .finite()
                .thinned(MOST_POINTS));
        return this;
    }

    /** Adds a dashed straight line to compare with. */
    public Lines reference(double fromX, double fromY, double toX, double toY) {
        reference = new Series("", new double[] {fromX, toX}, new double[] {fromY, toY});
        return this;
    }

    /** Marks one place on the horizontal axis. */
    public Lines mark(double x) {
        marked = x;
        return this;
    }

    /** Shows the points that the lines connect. */
    public Lines withPoints() {
        points = true;
        return this;
    }

    /** Gives each multiple the same room on the horizontal axis; all of it must be above 0. */
    public Lines logarithmic() {
        logarithmic = true;
        return this;
    }

    /** Sets where the axes begin and end. */
    public Lines limits(double fromX, double toX, double fromY, double toY) {
        xLimits = new double[] {fromX, toX};
        yLimits = new double[] {fromY, toY};
        return this;
    }

    /** Gives the numbers behind it. */
    public Lines numbers(List<String> names, List<List<String>> rows) {
        header = names;
        numbers = rows;
        return this;
    }

    /** Draws it. */
    public Chart draw() {
        Plot plot = new Plot(HEIGHT + (series.size() > 1 ? (series.size() + 1) / 2 * LEGEND_LINE : 0));
        if (reference != null) {
            plot.layer(
                    "line",
                    options("x", reference.x(), "y", reference.y()),
                    options("x", "x", "y", "y"),
                    "color",
                    Palette.REFERENCE,
                    "linetype",
                    "dotted",
                    "size",
                    0.8);
        }
        if (marked != null) {
            plot.layer(
                    "vline",
                    options("at", new double[] {marked}),
                    options("xintercept", "at"),
                    "color",
                    Palette.REFERENCE,
                    "linetype",
                    "dashed",
                    "size",
                    0.8);
        }
        var data = options(
                "x",
                        series.stream()
                                .flatMapToDouble(s -> DoubleStream.of(s.x()))
                                .toArray(),
                "y",
                        series.stream()
                                .flatMapToDouble(s -> DoubleStream.of(s.y()))
                                .toArray(),
                "series",
                        series.stream()
                                .flatMap(s -> DoubleStream.of(s.x()).mapToObj(x -> s.name()))
                                .toList());
        boolean several = series.size() > 1;
        var mapping = several
                ? options("x", "x", "y", "y", "color", "series", "linetype", "series")
                : options("x", "x", "y", "y");
        plot.layer(
                "line",
                data,
                mapping,
                several ? new Object[] {"size", 1.1} : new Object[] {"size", 1.1, "color", Palette.SERIES_1});
        if (points) {
            plot.layer(
                    "point",
                    data,
                    several ? options("x", "x", "y", "y", "color", "series") : options("x", "x", "y", "y"),
                    several ? new Object[] {"size", 2.5} : new Object[] {"size", 2.5, "color", Palette.SERIES_1});
        }
        if (several) {
            var legend = options("name", "legend", "ncol", 2, "byrow", true);
            var lineTypes = LINE_TYPES.subList(0, Math.min(LINE_TYPES.size(), series.size()));
            plot.scale("color", "name", "", "values", colours(), "breaks", names(), "guide", legend);
            plot.scale("linetype", "name", "", "values", lineTypes, "breaks", names(), "guide", legend);
        }
        plot.scale("x", logarithmic ? new Object[] {"name", xName, "trans", "log10"} : axis(xName, xLimits));
        plot.scale("y", axis(yName, yLimits));
        return new Chart(id, title, description, plot.svg(id, title, description), header, numbers);
    }

    /** With room that keeps the entries of the legend apart, whatever the page's font; Lets-Plot trims mere blanks. */
    private static String padded(String name) {
        return name + "\u00a0".repeat(Math.max(4, 12 - name.length())) + SvgTidy.END_OF_ROOM;
    }

    private List<String> names() {
        return series.stream().map(Series::name).toList();
    }

    private List<String> colours() {
        List<String> colours = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            colours.add(Palette.series(i).light());
        }
        return colours;
    }

    private static Object[] axis(String name, double @Nullable [] limits) {
        return limits == null ? new Object[] {"name", name} : new Object[] {"name", name, "limits", limits};
    }
}
