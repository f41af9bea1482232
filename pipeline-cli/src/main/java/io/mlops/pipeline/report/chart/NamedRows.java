package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The frame of a chart that has one row for each name: the name stands above its row, so that long names need no room
 * beside it and the chart stays readable on a phone.
 */
final class NamedRows {
    private static final int ROW_HEIGHT = 40;
    private static final int LONGEST = 48;
    /** Lets-Plot's unit of text is two units of the picture. */
    static final double TEXT = Plot.TEXT_SIZE / 2.0;

    private final List<String> names;
    private final double from;
    private final double to;
    private final Plot plot;

    /**
     * A frame without content.
     *
     * @param axis the name of the horizontal axis; empty for none, and then no axis
     */
    NamedRows(List<String> names, double from, double to, String axis) {
        this.names = names;
        this.from = from;
        this.to = to > from ? to : from + 1;
        plot = new Plot(ROW_HEIGHT * names.size() + (axis.isEmpty() ? 36 : 72))
                .scale(
                        "x",
                        "name",
                        axis,
                        "limits",
                        new double[] {from, this.to},
                        "expand",
                        List.of(0.0, width() * 0.015))
                .scale("y", "name", "", "limits", new double[] {0.55, names.size() + 0.6}, "expand", List.of(0.0, 0.0))
                .theme("axis_text_y", "blank")
                .theme("axis_ticks", "blank")
                .theme("axis_line", "blank")
                .theme("panel_grid_major_y", "blank");
        if (axis.isEmpty()) {
            plot.theme("axis_text_x", "blank").theme("panel_grid_major_x", "blank");
        }
    }

    Plot plot() {
        return plot;
    }

    /** The height of a row's middle, for its index from the top. */
    double position(int row) {
        return names.size() - row - 0.14;
    }

    double[] positions() {
        return IntStream.range(0, names.size()).mapToDouble(this::position).toArray();
    }

    double width() {
        return to - from;
    }

    Chart draw(String id, String title, String description, List<String> header, List<List<String>> rows) {
        Map<String, Object> labels = options(
                "x", Collections.nCopies(names.size(), from),
                "y",
                        IntStream.range(0, names.size())
                                .mapToObj(i -> position(i) + 0.4)
                                .toList(),
                "label", Labels.fitAll(names, LONGEST));
        plot.layer(
                "text",
                labels,
                options("x", "x", "y", "y", "label", "label"),
                "hjust",
                0.0,
                "vjust",
                0.5,
                "size",
                TEXT,
                "color",
                Palette.TEXT);
        return new Chart(id, title, description, plot.svg(id, title, description), header, rows);
    }
}
