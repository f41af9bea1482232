package io.mlops.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportWriterTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"' onload=x &amp; ${7*7} \u0001\ud800";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"binary", "multiclass", "many", "regression"})
    void isWellFormedCompleteAndOffline(String kind) throws IOException {
        String html = write(sample(kind, "kredit"));

        Parser parser = Parser.htmlParser().setTrackErrors(10);
        Document page = Jsoup.parse(html, "", parser);
        assertThat(parser.getErrors()).isEmpty();
        assertOffline(page, html);
        assertThat(page.select("svg")).isNotEmpty().allSatisfy(svg -> {
            assertThat(svg.attr("role")).isEqualTo("img");
            assertThat(svg.selectFirst("title").text()).isNotEmpty();
        });
        assertThat(page.select("figure > svg"))
                .isNotEmpty()
                .allSatisfy(svg -> assertThat(svg.selectFirst("desc").text()).isNotEmpty());
        assertUniqueIds(page);
        for (Element link : page.select("nav a")) {
            assertThat(page.getElementById(link.attr("href").substring(1))).isNotNull();
        }
        assertThat(html).doesNotContain("null", "NaN", "Infinity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "multiclass", "many", "regression"})
    void escapesWhateverTheDataSays(String kind) throws IOException {
        String html = write(sample(kind, HOSTILE));

        Document page = Jsoup.parse(html);
        assertThat(page.select("script")).isEmpty();
        assertThat(page.text()).contains("<script>alert(1)</script>");
        assertThat(page.getAllElements()).allSatisfy(element -> assertThat(element.attributes())
                .extracting(Attribute::getKey)
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("on")));
        assertThat(html).doesNotContain("<script");
    }

    @Test
    void writesTheSameBytesForTheSameModel() throws IOException {
        assertThat(write(SampleReports.binary("kredit"))).isEqualTo(write(SampleReports.binary("kredit")));
    }

    @Test
    void putsTheVerdictFirst() throws IOException {
        Document page = Jsoup.parse(write(SampleReports.regression("price")));

        assertThat(page.selectFirst("main > section").text())
                .startsWith("✗ Rejected")
                .contains("The verdict: r2 is 0.702, less than the 0.75 asked for.");
        assertThat(page.select("#ranking, #decisions, #slices")).isEmpty();
    }

    @Test
    void comparesWithTheChampion() throws IOException {
        Document page = Jsoup.parse(write(SampleReports.binary("kredit")));

        assertThat(page.select("#summary dt").eachText()).contains("Champion (version 3)");
        assertThat(page.select("#metrics td").eachText()).contains("+0.0111 (better)");
    }

    @Test
    void namesTheCellsOfATableThatAPhoneShowsAsALine() throws IOException {
        Document page = Jsoup.parse(write(SampleReports.binary("kredit")));

        assertThat(page.select("#metrics table.stacked tbody tr:first-child td").eachAttr("data-name"))
                .containsExactly("Value", "95 % interval", "Champion", "Difference", "What it says");
        assertThat(page.select(".chart table.stacked")).isEmpty();
    }

    @Test
    void saysWhatGuessingWouldReach() throws IOException {
        Document page = Jsoup.parse(write(SampleReports.binary("kredit")));

        assertThat(page.select("#figure-precision-recall figcaption").text()).contains("the dotted line is guessing");
    }

    @Test
    void keepsAFarValueFromMakingABarWide() throws IOException {
        Document page = Jsoup.parse(write(SampleReports.regression("price")));

        assertThat(page.select("#figure-target figcaption").text())
                .contains("The outermost bars hold everything from 0 to 90,000.");
        assertThat(page.select("#figure-target svg text").eachText()).doesNotContain("90,000", "80,000", "50,000");
    }

    @Test
    void staysSmallWithManyClasses() throws IOException {
        assertThat(write(SampleReports.multiclass("class 0", 30)).length()).isLessThan(1_000_000);
    }

    @Test
    void namesTheMixUpsOfMoreClassesThanAMatrixCanShow() throws IOException {
        String html = write(SampleReports.multiclass("class 0", 1000));

        Document page = Jsoup.parse(html);
        assertThat(html.length()).isLessThan(1_000_000);
        assertThat(page.select("#figure-confusion")).isEmpty();
        assertThat(page.select("#decisions .notes").text()).contains("of 1000 classes", "evaluation.json");
        assertThat(page.select("#decisions caption").text()).contains("most frequent mix-ups");
    }

    @Test
    void countsTheColumnsThatWouldMakeThePageHeavy() throws IOException {
        String html = write(SampleReports.wide("kredit", 10_000));

        Document page = Jsoup.parse(html);
        assertThat(html.length()).isLessThan(2_000_000);
        assertThat(page.select("#data > details tbody > tr")).hasSize(460);
        assertThat(page.select("#data > details > p").text()).isEqualTo("9502 more are in profile.json.");
    }

    @Test
    void foldsAndStaysSmallWithManyColumns() throws IOException {
        String html = write(SampleReports.wide("kredit", 200));

        Document page = Jsoup.parse(html);
        assertThat(html.length()).isLessThan(2_000_000);
        assertThat(page.select("#data > .scroll > table.columns > tbody > tr")).hasSize(40);
        assertThat(page.select("#data > details > summary").text()).contains("The other columns (162)");
        assertThat(page.select("#features svg")).hasSize(2);
    }

    @Test
    void explainsPredictionsInTheirUnits() throws IOException {
        Document classes = Jsoup.parse(write(SampleReports.binary("kredit")));
        Element section = classes.selectFirst("#explanations");
        assertThat(section.text()).contains("the log-odds of “bad”", "a sample of 120 of 1,988 test rows");
        // Sizes, rows, a number and a word; nobody learns from a column where each row has a word of its own.
        assertThat(section.select("svg")).hasSize(4);
        assertThat(section.text())
                .contains("What duration adds", "Where it is missing, it adds", "duration = 12 (+1.31)");
        assertThat(section.text()).contains("1.3 (12 points)").doesNotContain("What note adds");

        assertThat(classes.selectFirst("#leaderboard").text())
                .contains("What each family adds", "neural_network 0.824 0.007");

        assertThat(classes.selectFirst("#provenance").text())
                .contains("another run gives a similar model, not the same");

        Document value = Jsoup.parse(write(SampleReports.regression("price")));
        assertThat(value.selectFirst("#provenance").text())
                .contains("give the same model, to the byte")
                .doesNotContain("another run");
        assertThat(value.selectFirst("#explanations").text())
                .contains("Here they add to the value")
                .doesNotContain("log-odds");
    }

    @Test
    void leavesOutWhatIsNotKnown() throws IOException {
        ReportModel model = SampleReports.regression("price");
        Document page = Jsoup.parse(write(new ReportModel(
                model.title(), model.date(), model.learner(), model.evaluation(), List.of(), Map.of())));

        assertThat(page.select("main > section"))
                .extracting(Element::id)
                .containsExactly("summary", "metrics", "errors");
    }

    private static ReportModel sample(String kind, String name) {
        return switch (kind) {
            case "binary" -> SampleReports.binary(name);
            case "multiclass" -> SampleReports.multiclass(name, 4);
            case "many" -> SampleReports.multiclass(name, 30);
            default -> SampleReports.regression(name);
        };
    }

    private String write(ReportModel model) throws IOException {
        Path file = folder.resolve("report.html");
        ReportWriter.write(file, model);
        return Files.readString(file);
    }

    private static void assertOffline(Document page, String html) {
        assertThat(page.select("[src], link, iframe, object, embed, base")).isEmpty();
        assertThat(page.select("[href]"))
                .allSatisfy(link -> assertThat(link.attr("href")).startsWith("#"));
        assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", "@import", "url(http");
    }

    private static void assertUniqueIds(Document page) {
        Set<String> ids = new HashSet<>();
        assertThat(page.select("[id]"))
                .allSatisfy(element ->
                        assertThat(ids.add(element.id())).as(element.id()).isTrue());
    }
}
