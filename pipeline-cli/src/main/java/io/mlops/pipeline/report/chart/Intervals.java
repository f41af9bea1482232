package io.mlops.pipeline.report.chart;

import static io.mlops.pipeline.report.chart.Plot.options;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Draws values with the intervals they may lie in, one row for each, the first on top. */
public final class Intervals {
    private Intervals() {}

    /**
     * One value.
     *
     * @param lower where its interval begins; NaN where there is none
     * @param upper where it ends; NaN where there is none
     */
    public record Row(String name, double value, double lower, double upper, String shown) {}

    /**
     * Draws them.
     *
     * @param axis what the values are
     * @param reference a value to compare with, drawn as a line; null for none
     */
    public static Chart draw(
            String id, String title, String description, String axis, List<Row> all, @Nullable Double reference) {
        double[] ends = all.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.value(), row.lower(), row.upper()))
                .filter(Double::isFinite)
                .toArray();
        double from = DoubleStream.of(ends).min().orElse(0);
        double to = DoubleStream.of(ends).max().orElse(1);
        if (reference != null) {
            from = Math.min(from, reference);
            to = Math.max(to, reference);
        }
        NamedRows rows = new NamedRows(all.stream().map(Row::name).toList(), from, to, axis);
        if (reference != null) {
            rows.plot()
                    .layer(
                            "vline",
                            options("at", new double[] {reference}),
                            options("xintercept", "at"),
                            "color",
                            Palette.REFERENCE,
                            "linetype",
                            "dashed",
                            "size",
                            0.8);
        }
        List<Double> starts = new ArrayList<>();
        List<Double> stops = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (Double.isFinite(all.get(i).lower())
                    && Double.isFinite(all.get(i).upper())) {
                starts.add(all.get(i).lower());
                stops.add(all.get(i).upper());
                heights.add(rows.position(i));
            }
        }
        if (!starts.isEmpty()) {
            rows.plot()
                    .layer(
                            "segment",
                            options("from", starts, "to", stops, "y", heights),
                            options("x", "from", "xend", "to", "y", "y", "yend", "y"),
                            "color",
                            Palette.SERIES_1,
                            "size",
                            1.2);
        }
        rows.plot()
                .layer(
                        "point",
                        options("x", all.stream().mapToDouble(Row::value).toArray(), "y", rows.positions()),
                        options("x", "x", "y", "y"),
                        "color",
                        Palette.SERIES_1,
                        "size",
                        4.0);
        return rows.draw(
                id,
                title,
                description,
                List.of("", axis),
                all.stream().map(row -> List.of(row.name(), row.shown())).toList());
    }
}
