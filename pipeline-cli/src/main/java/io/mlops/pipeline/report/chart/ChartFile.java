package io.mlops.pipeline.report.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a chart as a file that stands alone: on white, with its title above it. */
public final class ChartFile {
    private static final Pattern VIEW_BOX = Pattern.compile("viewBox=\"0 0 (\\d+) (\\d+)\"");
    private static final int MARGIN = 12;
    private static final int TITLE_HEIGHT = 38;
    private static final int LINE_HEIGHT = 17;

    /** Longer titles would not fit above the chart. */
    private static final int LONGEST_TITLE = 40;

    private static final int LONGEST_LINE = 60;
    private static final Pattern FIRST_SENTENCE = Pattern.compile("(?s)^(.*?[^.]\\.)\\s+[A-Z].*$");

    private ChartFile() {}

    /**
     * Writes {@code <name>.png}, or {@code <name>.svg} where this Java has no graphics or finds no fonts.
     *
     * @param folder is there already
     */
    public static Path write(Path folder, String name, Chart chart) {
        Matcher box = VIEW_BOX.matcher(chart.svg());
        if (!box.find()) {
            throw new IllegalArgumentException("chart '" + chart.id() + "' does not say how large it is");
        }
        int width = Integer.parseInt(box.group(1)) + 2 * MARGIN;
        int chartHeight = Integer.parseInt(box.group(2));
        List<String> words = firstSentence(chart.description());
        int top = TITLE_HEIGHT + words.size() * LINE_HEIGHT + MARGIN;
        String svg = framed(chart, width, chartHeight, words, top);
        byte[] png;
        try {
            png = Picture.png(svg, width, top + chartHeight + MARGIN);
        } catch (LinkageError | InternalError | RuntimeException e) {
            return write(folder.resolve(name + ".svg"), svg.getBytes(StandardCharsets.UTF_8));
        }
        return write(folder.resolve(name + ".png"), png);
    }

    /** The chart with its title and, in a sentence, what it shows. */
    private static String framed(Chart chart, int width, int chartHeight, List<String> words, int top) {
        int height = top + chartHeight + MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" font-family=\"sans-serif\"><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
        text(svg, 26, 16, "bold", Palette.TEXT, Labels.fit(chart.title(), LONGEST_TITLE));
        for (int line = 0; line < words.size(); line++) {
            text(svg, TITLE_HEIGHT + line * LINE_HEIGHT + 8, 12, "normal", Palette.MUTED, words.get(line));
        }
        return svg.append(chart.svg()
                        .replaceFirst(
                                "<svg ",
                                "<svg x=\"" + MARGIN + "\" y=\"" + top + "\" width=\"" + (width - 2 * MARGIN)
                                        + "\" height=\"" + chartHeight + "\" "))
                .append("</svg>\n")
                .toString();
    }

    private static void text(StringBuilder svg, int y, int size, String weight, Palette colour, String text) {
        svg.append("<text x=\"")
                .append(MARGIN)
                .append("\" y=\"")
                .append(y)
                .append("\" font-size=\"")
                .append(size)
                .append("\" font-weight=\"")
                .append(weight)
                .append("\" fill=\"")
                .append(colour.light())
                .append("\">")
                .append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                .append("</text>");
    }

    /** The first sentence of a description, in lines that fit. */
    private static List<String> firstSentence(String description) {
        String sentence = FIRST_SENTENCE.matcher(Labels.printable(description)).replaceFirst("$1");
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(Labels.fit(word, LONGEST_LINE));
        }
        lines.add(line.toString());
        return lines;
    }

    private static Path write(Path file, byte[] content) {
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
