package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws a square table whose cells are the darker the larger their share of the row. */
public final class HeatMap {
    private static final int MOST_WITH_NUMBERS = 10;

    private HeatMap() {}

    /**
     * Draws a table of counts.
     *
     * @param labels the names of the rows and of the columns
     * @param counts one list for each row
     */
    public static Chart draw(
            String id,
            String title,
            String description,
            String columnAxis,
            String rowAxis,
            List<String> labels,
            List<List<Long>> counts) {
        int size = labels.size();
        boolean numbers = size <= MOST_WITH_NUMBERS;
        List<String> fitted = Labels.fitAll(labels, 12);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            long total = Math.max(
                    1, counts.get(row).stream().mapToLong(Long::longValue).sum());
            for (int column = 0; column < size; column++) {
                x.add((double) column);
                y.add((double) (size - 1 - row));
                share.add((double) counts.get(row).get(column) / total);
                texts.add(Long.toString(counts.get(row).get(column)));
            }
        }
        Plot plot = new Plot(size == 2 ? 290 : 410)
                .layer(
                        "tile",
                        options("x", x, "y", y, "share", share),
                        options("x", "x", "y", "y", "alpha", "share"),
                        "fill",
                        Palette.SERIES_1,
                        "color",
                        Palette.GRID,
                        "size",
                        0.5,
                        "width",
                        1.0,
                        "height",
                        1.0);
        if (numbers) {
            labels(plot, x, y, share, texts, true);
            labels(plot, x, y, share, texts, false);
        }
        double[] places = IntStream.range(0, size).mapToDouble(i -> i).toArray();
        double[] fromTop =
                IntStream.range(0, size).mapToDouble(i -> size - 1 - i).toArray();
        plot.scale("alpha", "range", List.of(0.0, 1.0), "limits", List.of(0.0, 1.0), "guide", "none")
                .scale("x", "name", columnAxis, "breaks", places, "labels", fitted, "expand", List.of(0.0, 0.0))
                .scale("y", "name", rowAxis, "breaks", fromTop, "labels", fitted, "expand", List.of(0.0, 0.0))
                .theme("panel_grid", "blank");
        List<String> header = new ArrayList<>(List.of(rowAxis + " \\ " + columnAxis));
        header.addAll(labels);
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            List<String> cells = new ArrayList<>(List.of(labels.get(row)));
            counts.get(row).forEach(count -> cells.add(Long.toString(count)));
            rows.add(cells);
        }
        return new Chart(id, title, description, plot.svg(id, title, description), header, rows);
    }

    private static void labels(
            Plot plot, List<Double> x, List<Double> y, List<Double> share, List<String> texts, boolean dark) {
        int[] chosen = IntStream.range(0, x.size())
                .filter(i -> (share.get(i) >= 0.7) == dark)
                .toArray();
        if (chosen.length == 0) {
            return;
        }
        plot.layer(
                "text",
                options(
                        "x", IntStream.of(chosen).mapToObj(x::get).toList(),
                        "y", IntStream.of(chosen).mapToObj(y::get).toList(),
                        "label", IntStream.of(chosen).mapToObj(texts::get).toList()),
                options("x", "x", "y", "y", "label", "label"),
                "size",
                x.size() > 36 ? 5.0 : NamedRows.TEXT,
                "color",
                dark ? Palette.INVERSE : Palette.TEXT);
    }
}
