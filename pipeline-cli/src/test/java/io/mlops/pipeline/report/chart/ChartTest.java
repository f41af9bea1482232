package io.mlops.pipeline.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final List<String> COLOURS =
            Arrays.stream(Palette.values()).map(Palette::light).toList();

    private static final Pattern TRANSLATION = Pattern.compile("translate\\((-?[\\d.]+)");

    @Test
    void usesOnlyColoursThatDarkModeKnows() {
        Document lines = svg(twoLines("challenger"));
        Document map = svg(HeatMap.draw(
                "c",
                "Confusion",
                "d",
                "Decided",
                "True",
                List.of("0", "1"),
                List.of(List.of(9L, 1L), List.of(2L, 8L))));

        for (Document each : List.of(lines, map)) {
            assertThat(each.select("[fill]").eachAttr("fill"))
                    .allMatch(colour -> COLOURS.contains(colour) || colour.equals("none"));
            assertThat(each.select("[stroke]").eachAttr("stroke"))
                    .allMatch(colour -> COLOURS.contains(colour) || colour.equals("none"));
            assertThat(each.select("style, [style], [class]")).isEmpty();
        }
    }

    @Test
    void showsNamesAsTheyAre() {
        assertThat(svg(twoLines("a<b>&\"{x}\u0007 c")).text()).contains("a<b>&\"{x}\ufffd c");
        assertThat(svg(twoLines("\\(x^2\\)")).text()).contains("\\(x^2\\)");
    }

    @Test
    void longNamesOfLinesLeaveRoomForEachOther() {
        assertThat(svg(twoLines("compensated_hypothyroid")).text()).contains("compensa…yroid");
    }

    @Test
    void keepsNamesApartThatLookTheSame() {
        List<String> names = List.of("x".repeat(80), "x".repeat(81), "y");

        Document bars = svg(Bars.draw(
                "b", "Bars", "d", List.of("Name", "Value"), names, new double[] {3, 2, 1}, List.of("3", "2", "1")));

        assertThat(bars.select("text").eachText())
                .contains("y")
                .filteredOn(text -> text.startsWith("xx"))
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void drawsEqualZeroAndNegativeValues() {
        for (double[] values : List.of(new double[] {0, 0}, new double[] {-1, -2}, new double[] {5, 5})) {
            Chart bars =
                    Bars.draw("b", "Bars", "d", List.of("Name", "Value"), List.of("a", "b"), values, List.of("v", "w"));
            Chart dots = Dots.draw("d", "Dots", "d", "AUC", values, List.of("a", "b"), List.of("v", "w"));

            assertThat(bars.svg() + dots.svg()).doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void drawsIntervalsOnlyWhereThereAreSome() {
        Chart chart = Intervals.draw(
                "i",
                "Intervals",
                "d",
                "AUC",
                List.of(
                        new Intervals.Row("a", 0.8, 0.7, 0.9, "0.800"),
                        new Intervals.Row("b", 0.8, Double.NaN, Double.NaN, "0.800")),
                null);

        assertThat(chart.svg()).doesNotContain("NaN");
        assertThat(chart.rows()).containsExactly(List.of("a", "0.800"), List.of("b", "0.800"));
    }

    @Test
    void drawsTheIntervalThatEndsTheAxis() {
        double from = 0.05;
        double to = 0.21;
        assertThat(from + (to - from)).as("rounded below the end").isLessThan(to);

        Document chart = svg(Intervals.draw(
                "i", "Intervals", "d", "AUC", List.of(new Intervals.Row("a", 0.1, from, to, "0.100")), null));

        assertThat(chart.select("line[stroke=" + Palette.SERIES_1.light() + "]"))
                .hasSize(1);
    }

    @Test
    void showsTheLabelOfTheLastTickWhole() {
        double[] values = {0, 25_000, 50_000};

        Document chart =
                svg(Scatter.draw("s", "Points", "d", "x", "y", values, values, new double[] {0, 0, 50_000, 50_000}));

        Elements ticks = chart.select("text[text-anchor=middle]:not([y])");
        assertThat(ticks.eachText()).contains("40,000");
        assertThat(ticks).allSatisfy(tick -> {
            double halfWidth = tick.text().length() * Plot.TEXT_SIZE * 0.3;
            assertThat(across(tick) + halfWidth).as(tick.text()).isLessThan(Plot.WIDTH);
        });
    }

    @Test
    void keepsTheEntriesOfALegendApart() {
        double[] x = {0, 1};
        Document chart = svg(new Lines("l", "Lines", "d", "x", "y")
                .line("5", x, x)
                .line("6", x, x)
                .draw());

        Elements names = chart.select("text:matchesOwn(^[56]$)");
        assertThat(names.eachText()).containsExactly("5", "6");
        assertThat(across(names.get(1)) - across(names.get(0))).isGreaterThan(60);
    }

    @Test
    void thinsLongLines() {
        double[] x = IntStream.range(0, 100_000).asDoubleStream().toArray();
        double[] y = new Random(1).doubles(x.length).toArray();
        y[17] = Double.NaN;

        Chart chart = new Lines("l", "Lines", "d", "x", "y").line("a", x, y).draw();

        assertThat(chart.svg().length()).isLessThan(20_000);
    }

    @Test
    void drawsTheSameBytesEveryTime() {
        assertThat(twoLines("challenger").svg())
                .isEqualTo(twoLines("challenger").svg());
    }

    @Test
    void fitsNamesByTheirMiddle() {
        assertThat(Labels.fit("short", 10)).isEqualTo("short");
        assertThat(Labels.fit("a_very_long_name", 9)).isEqualTo("a_ver…ame");
        assertThat(Labels.fit("\ud83d\ude00".repeat(12), 5))
                .isEqualTo("\ud83d\ude00\ud83d\ude00…\ud83d\ude00\ud83d\ude00");
        assertThat(Labels.fit("a\nb\ud800", 10)).isEqualTo("a b\ufffd");
    }

    private static Chart twoLines(String name) {
        double[] x = {0, 0.5, 1};
        return new Lines("roc", "ROC curve", "How good it is.", "x", "y")
                .line(name, x, new double[] {0, 0.8, 1})
                .line("champion", x, new double[] {0, 0.7, 1})
                .reference(0, 0, 1, 1)
                .limits(0, 1, 0, 1)
                .draw();
    }

    /** How far right an element stands, by the moves of all that it is in. */
    private static double across(Element element) {
        return element.parents().stream()
                .map(parent -> TRANSLATION.matcher(parent.attr("transform")))
                .filter(Matcher::find)
                .mapToDouble(found -> Double.parseDouble(found.group(1)))
                .sum();
    }

    private static Document svg(Chart chart) {
        return Jsoup.parse(chart.svg(), "", Parser.xmlParser());
    }
}
