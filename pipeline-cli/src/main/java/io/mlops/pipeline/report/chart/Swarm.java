package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Draws many values in each of several named rows as dots, those that fall together above each other, by colour. */
public final class Swarm {
    private static final int MOST_DOTS = 120;
    private static final int BINS = 60;

    /** How far dots spread up and down, in heights of a row. */
    private static final double SPREAD = 0.2;

    private Swarm() {}

    /**
     * One row.
     *
     * @param values where each dot stands
     * @param colours what decides its colour: the higher half of the numbers has one, the lower another, NaN a third
     */
    public record Row(String name, double[] values, double[] colours) {}

    /** Draws them. */
    public static Chart draw(String id, String title, String description, String axis, List<Row> all) {
        double from = values(all).min().orElse(0);
        double to = values(all).max().orElse(1);
        NamedRows rows = new NamedRows(all.stream().map(Row::name).toList(), Math.min(from, 0), Math.max(to, 0), axis);
        rows.plot()
                .layer(
                        "vline",
                        options("at", new double[] {0}),
                        options("xintercept", "at"),
                        "color",
                        Palette.REFERENCE,
                        "linetype",
                        "dashed",
                        "size",
                        0.8);
        Palette[] colours = {Palette.REFERENCE, Palette.SERIES_1, Palette.SERIES_2};
        List<List<Double>> x = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<List<Double>> y = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int row = 0; row < all.size(); row++) {
            double[] heights = heights(all.get(row).values(), rows.width());
            int[] kinds = kinds(all.get(row).colours());
            for (int i = 0; i < Math.min(MOST_DOTS, heights.length); i++) {
                x.get(kinds[i]).add(all.get(row).values()[i]);
                y.get(kinds[i]).add(rows.position(row) + heights[i]);
            }
        }
        for (int kind = 0; kind < colours.length; kind++) {
            if (!x.get(kind).isEmpty()) {
                rows.plot()
                        .layer(
                                "point",
                                options("x", x.get(kind), "y", y.get(kind)),
                                options("x", "x", "y", "y"),
                                "color",
                                colours[kind],
                                "size",
                                1.6,
                                "alpha",
                                0.7);
            }
        }
        return rows.draw(id, title, description, List.of(), List.of());
    }

    private static DoubleStream values(List<Row> all) {
        return all.stream().flatMapToDouble(row -> Arrays.stream(row.values()));
    }

    /** Dots in the same narrow bin stand above and below each other in turn. */
    private static double[] heights(double[] values, double width) {
        int shown = Math.min(MOST_DOTS, values.length);
        int[] counts = new int[2 * BINS + 2];
        int[] places = new int[shown];
        double[] heights = new double[shown];
        for (int i = 0; i < shown; i++) {
            places[i] = counts[bin(values[i], width)]++;
        }
        int most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        double step = Math.min(0.04, 2 * SPREAD / most);
        for (int i = 0; i < shown; i++) {
            int level = (places[i] + 1) / 2;
            heights[i] = (places[i] % 2 == 0 ? level : -level) * step;
        }
        return heights;
    }

    private static int bin(double value, double width) {
        return BINS + (int) Math.max(-BINS, Math.min(BINS, Math.rint(value / width * BINS)));
    }

    /** 0 without a number, 1 in the lower half of the numbers, 2 in the higher one. */
    private static int[] kinds(double[] numbers) {
        double[] known =
                Arrays.stream(numbers).filter(Double::isFinite).sorted().toArray();
        return IntStream.range(0, numbers.length)
                .map(i -> !Double.isFinite(numbers[i]) ? 0 : numbers[i] > known[(known.length - 1) / 2] ? 2 : 1)
                .toArray();
    }
}
