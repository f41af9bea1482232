package io.mlops.pipeline.report.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;

/**
 * A description of a chart in the grammar of graphics, drawn by Lets-Plot.
 *
 * <p>Lets-Plot measures text with tables of its own and so needs no fonts and no graphics of the platform.
 */
final class Plot {
    /** The width of every picture, in its own units: about that of a phone, where text must stay readable. */
    static final int WIDTH = 400;

    /** The size of all text, in the units of the picture. */
    static final int TEXT_SIZE = 13;

    private final int height;
    private final List<Object> layers = new ArrayList<>();
    private final List<Object> scales = new ArrayList<>();
    private final Map<String, Object> theme = new LinkedHashMap<>();

    Plot(int height) {
        this.height = height;
        theme.put("name", "minimal");
        theme.put("text", text(Palette.MUTED));
        theme.put("axis_text", text(Palette.MUTED));
        theme.put("axis_title", text(Palette.MUTED));
        theme.put("legend_text", text(Palette.MUTED));
        theme.put("panel_grid_major", options("color", Palette.GRID.light(), "size", 1.0));
        theme.put("panel_grid_minor", "blank");
        theme.put("plot_background", "blank");
        theme.put("panel_background", "blank");
        theme.put("legend_background", "blank");
        theme.put("legend_position", "bottom");
        // The label of the last tick reaches beyond the axis.
        theme.put("plot_margin", options("r", 14.0));
    }

    /** Names and values as a map that Lets-Plot may change. */
    static Map<String, Object> options(Object... namesAndValues) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return options;
    }

    private static Object value(Object value) {
        if (value instanceof double[] numbers) {
            return new ArrayList<>(Arrays.stream(numbers).boxed().toList());
        }
        if (value instanceof Collection<?> values) {
            return new ArrayList<>(values);
        }
        return value instanceof Palette colour ? colour.light() : value;
    }

    private static Map<String, Object> text(Palette colour) {
        return options("color", colour, "size", (double) TEXT_SIZE, "blank", false);
    }

    /**
     * Adds a layer.
     *
     * @param data the columns
     * @param mapping which column decides which property
     * @param options further properties, the same for all rows
     */
    Plot layer(String geometry, Map<String, Object> data, Map<String, Object> mapping, Object... options) {
        Map<String, Object> layer = options(options);
        layer.put("geom", geometry);
        layer.put("data", data);
        layer.put("mapping", mapping);
        layer.putIfAbsent("stat", "identity");
        layer.putIfAbsent("tooltips", "none");
        layer.put("sampling", "none");
        layers.add(layer);
        return this;
    }

    /** Sets how a property is shown: an axis by its name and limits, a colour by its values. */
    Plot scale(String property, Object... options) {
        Map<String, Object> scale = options(options);
        scale.put("aesthetic", property);
        scales.add(scale);
        return this;
    }

    Plot theme(String element, Object value) {
        theme.put(element, value(value));
        return this;
    }

    /** Draws it. */
    String svg(String id, String title, String description) {
        Map<String, Object> plot =
                options("kind", "plot", "layers", layers, "scales", scales, "theme", theme, "ggtitle", options());
        String drawn = PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
                plot,
                new DoubleVector(WIDTH, height),
                (columns, rows, pixels) -> {
                    throw new IllegalStateException("charts hold no bitmaps");
                },
                false);
        return new SvgTidy(id, title, description, height).tidy(drawn);
    }
}
