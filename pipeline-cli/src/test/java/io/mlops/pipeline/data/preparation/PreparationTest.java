package io.mlops.pipeline.data.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.Expectation;
import io.mlops.pipeline.data.DataSettings.SplitSettings;
import io.mlops.pipeline.data.DataSettings.SplitSettings.By;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.source.MemorySource;
import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreparationTest {
    private static final String HEADER = "id|amount|purpose|day|branch|bad";

    private static final TargetChoice TARGET = new TargetChoice("bad", Task.BINARY, null, List.of());

    @TempDir
    Path folder;

    private static TableSchema schema() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("id", ColumnSchema.of(ColumnType.IDENTIFIER));
        columns.put("amount", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("day", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("branch", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("bad", ColumnSchema.of(ColumnType.CATEGORY));
        return new TableSchema(
                columns,
                Map.of(
                        "id", Role.ID,
                        "amount", Role.FEATURE,
                        "purpose", Role.FEATURE,
                        "day", Role.TIME,
                        "branch", Role.GROUP,
                        "bad", Role.TARGET));
    }

    private static DataSettings settings(double test, By by, Expectation... expectations) {
        DataSettings defaults = DataSettings.defaults();
        return new DataSettings(
                null,
                null,
                defaults.format(),
                "bad",
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                "schema.yaml",
                defaults.missing(),
                new SplitSettings(test, by, null, null),
                List.of(expectations));
    }

    /** Rows of which every tenth is a copy of another, with clashing labels among the copies. */
    private static MemorySource source(int rows, long seed) {
        Random random = new Random(seed);
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            if (i % 10 == 9) {
                List<String> copy = new ArrayList<>(lines.get(random.nextInt(i)));
                copy.set(0, "copy " + i);
                copy.set(5, random.nextInt(4) == 0 ? "1" : "0");
                lines.add(copy);
            } else {
                lines.add(List.of(
                        "row " + i,
                        Integer.toString(random.nextInt(100_000)),
                        "p" + random.nextInt(5),
                        "2024-0" + (1 + random.nextInt(9)) + "-1" + random.nextInt(9),
                        "b" + random.nextInt(40),
                        random.nextInt(4) == 0 ? "1" : "0"));
            }
        }
        return new MemorySource(List.of(HEADER.split("\\|")), lines);
    }

    private PreparedData prepare(MemorySource source, DataSettings settings, @Nullable MemorySource test) {
        return new Preparation(schema(), TARGET, settings, 7, Progress.NONE).prepare(source, test, folder);
    }

    private static Set<String> values(TableFile rows, String column) {
        Set<String> values = new HashSet<>();
        rows.forEachChunk(chunk -> chunk.column(column).asStringColumn().forEach(values::add));
        return values;
    }

    private static Set<Long> hashes(TableFile rows) {
        Set<Long> values = new HashSet<>();
        rows.forEachChunk(chunk -> chunk.longColumn(Rows.HASH).forEach(values::add));
        return values;
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void setsTheSameRowsAsideWhateverTheirOrder(By by) {
        MemorySource source = source(3000, 1);
        Set<String> first = values(prepare(source, settings(0.25, by), null).test(), "id");
        for (int seed = 0; seed < 3; seed++) {
            PreparedData again = prepare(source.shuffled(seed), settings(0.25, by), null);
            assertThat(values(again.test(), "id")).isEqualTo(first);
        }
        assertThat(first).hasSizeBetween(600, 900);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void neverPutsEqualRowsOnBothSides(By by) {
        PreparedData prepared = prepare(source(5000, 2), settings(0.3, by), null);
        assertThat(prepared.train().count() + prepared.test().count()).isEqualTo(5000);
        assertThat(hashes(prepared.train())).doesNotContainAnyElementsOf(hashes(prepared.test()));
        assertThat(values(prepared.train(), "id")).doesNotContainAnyElementsOf(values(prepared.test(), "id"));
    }

    @Test
    void setsTheShareOfEachClassAside() {
        PreparedData prepared = prepare(source(5000, 3), settings(0.2, By.RANDOM), null);
        prepared.classes().forEach((label, count) -> {
            long[] aside = new long[1];
            prepared.test()
                    .forEachChunk(chunk -> aside[0] +=
                            chunk.stringColumn("bad").isEqualTo(label).size());
            // Copies stay together and clashing copies are kept, so a few rows may be off.
            assertThat((double) aside[0] / count).isBetween(0.185, 0.205);
        });
    }

    @Test
    void setsWholeGroupsAside() {
        PreparedData prepared = prepare(source(5000, 4), settings(0.2, By.GROUP), null);
        assertThat(values(prepared.train(), "branch")).doesNotContainAnyElementsOf(values(prepared.test(), "branch"));
    }

    @Test
    void setsTheNewestRowsAside() {
        PreparedData prepared = prepare(source(5000, 5), settings(0.2, By.TIME), null);
        String lastTrained =
                values(prepared.train(), "day").stream().max(String::compareTo).orElseThrow();
        assertThat(values(prepared.test(), "day")).allMatch(day -> day.compareTo(lastTrained) > 0);
    }

    @Test
    void changesWithTheSeed() {
        MemorySource source = source(1000, 6);
        Set<String> first =
                values(prepare(source, settings(0.2, By.RANDOM), null).test(), "id");
        PreparedData other = new Preparation(schema(), TARGET, settings(0.2, By.RANDOM), 8, Progress.NONE)
                .prepare(source, null, folder);
        assertThat(values(other.test(), "id")).isNotEqualTo(first);
    }

    /** Test rows that differ from all others would show in anything that was learned from them. */
    @Test
    void learnsNothingFromTestRows() {
        MemorySource source = source(3000, 7);
        Set<String> aside =
                values(prepare(source, settings(0.2, By.RANDOM), null).test(), "id");
        PreparedData honest = prepare(source, settings(0.2, By.RANDOM), null);

        List<List<String>> marked = new ArrayList<>();
        for (List<String> row : source.rows()) {
            boolean test = aside.contains(row.get(0));
            marked.add(test ? List.of(row.get(0), "1e9", "only in test", "2099-01-01", "test", row.get(5)) : row);
        }
        MemorySource test = new MemorySource(
                source.columns(),
                marked.stream().filter(row -> aside.contains(row.get(0))).toList());
        MemorySource train = new MemorySource(
                source.columns(),
                marked.stream().filter(row -> !aside.contains(row.get(0))).toList());
        PreparedData cheat = prepare(train, settings(0.2, By.RANDOM), test);

        assertThat(cheat.profile()).isEqualTo(honest.profile());
        assertThat(cheat.profile().column("amount").numbers().max()).isLessThan(1e9);
        assertThat(values(cheat.train(), "purpose")).doesNotContain("only in test");
        assertThat(cheat.profile().column("purpose").texts().top())
                .extracting(each -> each.category())
                .doesNotContain("only in test");
    }

    @Test
    void writesTheSameBytesAgain() throws Exception {
        MemorySource source = source(20_000, 8);
        prepare(source, settings(0.2, By.RANDOM), null);
        Map<String, byte[]> first = bytes();
        prepare(source, settings(0.2, By.RANDOM), null);
        Map<String, byte[]> second = bytes();
        assertThat(first.keySet())
                .containsExactlyInAnyOrder(
                        "train.arrow", "test.arrow", "rejected.csv", "profile.json", "validation.json", "schema.json");
        first.forEach((name, content) -> assertThat(second.get(name)).as(name).isEqualTo(content));
    }

    private Map<String, byte[]> bytes() throws Exception {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return bytes;
    }

    @Test
    void canBeReadAgain() {
        PreparedData prepared = prepare(source(1000, 9), settings(0.2, By.RANDOM), null);
        assertThat(PreparedData.readSchema(folder)).isEqualTo(prepared.schema());
        assertThat(PreparedData.readProfile(folder)).isEqualTo(prepared.profile());
        assertThat(PreparedData.readValidation(folder)).isEqualTo(prepared.validation());
        assertThat(prepared.schema().target().classes()).containsExactly("0", "1");
        assertThat(TableFile.open(folder.resolve("test.arrow")).count())
                .isEqualTo(prepared.test().count());
    }

    @Test
    void trainsOnEveryRowWhereNoneIsSetAside() {
        PreparedData prepared = prepare(source(100, 10), settings(0, By.RANDOM), null);
        assertThat(prepared.train().count()).isEqualTo(100);
        assertThat(prepared.test().count()).isZero();
    }

    @Test
    void saysWhenTestRowsOfTheUserStandAmongTheTrainingRows() {
        MemorySource source = source(100, 11);
        PreparedData prepared = prepare(source, settings(0.2, By.RANDOM), source);
        assertThat(prepared.train().count()).isEqualTo(100);
        assertThat(prepared.test().count()).isEqualTo(100);
        assertThat(prepared.validation().violations())
                .anySatisfy(each -> assertThat(each.rule()).isEqualTo("test_overlap"));
    }

    @Test
    void publishesNothingWhenTheGateFails() {
        DataSettings strict = settings(0.2, By.RANDOM, new Expectation("min_rows", 1000, Severity.FAIL));
        assertThatThrownBy(() -> prepare(source(100, 12), strict, null))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.DATA))
                .hasMessageContaining("100 usable rows, fewer than the expected 1000");
        assertThat(folder)
                .isDirectoryContaining("glob:**validation.json")
                .isDirectoryContaining("glob:**rejected.csv")
                .isDirectoryNotContaining("glob:**.arrow*");
    }

    private void refuses(String message, String... lines) {
        assertThatThrownBy(() -> prepare(MemorySource.of(lines), settings(0.2, By.RANDOM), null))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.DATA))
                .hasMessageContaining(message);
        assertThat(folder).isDirectoryNotContaining("glob:**.arrow*");
    }

    @Test
    void refusesRowsThatNothingCanBeLearnedFrom() {
        refuses("a header and no rows", HEADER);
        refuses("one usable row only of 1", HEADER, "1|2|a||x|1");
        refuses("'bad' is missing in all others: is it the right column?", HEADER, "1|2|a||x|", "1|2|a||x|NA");
        refuses("the same label of the target 'bad', '1' (2 rows)", HEADER, "1|2|a||x|1", "2|3|a||x|1.0");
        refuses(
                "'a' (2 rows), 'b' (1 rows), 'c' (1 rows), but data.task is binary",
                HEADER,
                "1|1|a||x|a",
                "2|2|a||x|b",
                "3|3|a||x|c",
                "4|4|a||x|a");
        refuses("too few to set a share of 0.2 aside", HEADER, "1|1|a||x|a", "2|2|a||x|b");
    }

    @Test
    void refusesATrainingSetWithoutOneOfTheClasses() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < 100; i++) {
            lines.add(i + "|1|a|2024-01-" + (10 + i / 10) + "|x|" + (i >= 95 ? "1" : "0"));
        }
        assertThatThrownBy(() -> prepare(MemorySource.of(lines.toArray(String[]::new)), settings(0.2, By.TIME), null))
                .hasMessageContaining("no training row has the label '1' of the target 'bad'");
    }
}
