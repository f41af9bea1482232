package io.mlops.pipeline.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordNamesTest {
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            ".",
            "..",
            "/",
            "a//b",
            "../up",
            "/root",
            "a/",
            "100 %",
            "100 #",
            "a(b)",
            "a[b]",
            "a@b",
            "größe",
            "北京",
            "\u0000",
            "tab\t",
            "new\nline",
            "😀",
            "x".repeat(300),
            "x".repeat(301));

    @Test
    void keepsNamesThatAreAllowed() {
        assertThat(List.of("data.split.test", "folds/auc", "größe in m", "a:b", "a-b_c"))
                .allSatisfy(name -> assertThat(RecordNames.name(name)).isEqualTo(name));
    }

    @Test
    void makesOthersFitAndKeepsThemApart() {
        List<String> names = HOSTILE.stream().map(RecordNames::name).toList();
        assertThat(names).allMatch(RecordNamesTest::isTaken).doesNotHaveDuplicates();
        assertThat(RecordNames.name("100 %")).startsWith("100 _-");
    }

    @Test
    void aClassIsOnePartOfAName() {
        List<String> parts = HOSTILE.stream().map(RecordNames::part).toList();
        assertThat(parts).doesNotHaveDuplicates().noneMatch(part -> part.contains("/"));
        assertThat(parts).allMatch(part -> isTaken("classes/" + part + "/recall"));
    }

    @Test
    void aNameIsAlwaysMadeToFitInTheSameWay() {
        assertThat(IntStream.range(0, 3).mapToObj(i -> RecordNames.name("a@b")).distinct())
                .hasSize(1);
    }

    /** What MLflow's server asks of the name of a parameter or metric. */
    static boolean isTaken(String name) {
        return name.length() <= 250
                && name.matches("(?U)[/\\w.\\- :]+")
                && Stream.of(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }
}
