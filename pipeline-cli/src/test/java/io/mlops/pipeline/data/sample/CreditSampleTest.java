package io.mlops.pipeline.data.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreditSampleTest {
    @TempDir
    Path folder;

    @Test
    void theSameSettingsGiveTheSameBytesOnAnyNumberOfThreads() throws Exception {
        CreditSample sample = CreditSample.defaults().withRows(20_000);
        String alone;
        ForkJoinPool one = new ForkJoinPool(1);
        try {
            alone = one.submit(() -> text(sample, 0)).get();
        } finally {
            one.shutdown();
        }
        assertThat(text(sample, 0)).isEqualTo(alone);
        assertThat(text(new CreditSample(20_000, 1, LocalDate.of(2026, 1, 1), 0, Task.BINARY, 7), 0))
                .isNotEqualTo(alone);
    }

    @Test
    void writesAsManyCellsInEachRowAsTheHeaderHas() throws IOException {
        for (Task task : Task.values()) {
            List<String> lines = text(CreditSample.defaults().withTask(task).withRows(500), 0)
                    .lines()
                    .toList();
            assertThat(lines).hasSize(501);
            assertThat(lines.get(0)).endsWith("," + CreditTable.target(task));
            int columns = lines.get(0).split(",").length;
            assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(columns));
        }
    }

    @Test
    void aboutOneLoanInFiveDefaults() throws IOException {
        List<String> answers = answers(CreditSample.defaults().withRows(20_000));
        assertThat(answers.stream().filter("1"::equals).count() / 20_000.0).isBetween(.17, .23);
    }

    @Test
    void everyRatingIsGivenOftenEnoughToBeLearned() throws IOException {
        var counts = answers(CreditSample.defaults().withTask(Task.MULTICLASS).withRows(10_000)).stream()
                .collect(Collectors.groupingBy(rating -> rating, Collectors.counting()));
        assertThat(counts).containsOnlyKeys("A", "B", "C", "D", "E", "F");
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isGreaterThan(200));
    }

    @Test
    void writesAFileForEachDay() throws IOException {
        List<Path> files =
                new CreditSample(10, 3, LocalDate.of(2024, 2, 28), 0, Task.BINARY, 1).write(folder.resolve("days"));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("2024-02-28.csv", "2024-02-29.csv", "2024-03-01.csv");
        assertThat(Files.readAllLines(files.get(1)).get(1)).startsWith("2024-02-29-0000001,2024-02-29,");
        assertThat(Files.readString(files.get(1))).isNotEqualTo(Files.readString(files.get(2)));
    }

    @Test
    void driftMovesTheApplicantsFromDayToDay() throws IOException {
        CreditSample drifting = new CreditSample(2000, 11, LocalDate.of(2026, 1, 1), .2, Task.BINARY, 1);
        assertThat(meanIncome(drifting, 10)).isLessThan(.6 * meanIncome(drifting, 0));
        CreditSample steady = new CreditSample(2000, 11, LocalDate.of(2026, 1, 1), 0, Task.BINARY, 1);
        assertThat(meanIncome(steady, 10)).isBetween(.95 * meanIncome(steady, 0), 1.05 * meanIncome(steady, 0));
    }

    @Test
    void namesEverySettingThatIsOutOfBounds() {
        assertThatThrownBy(() -> new CreditSample(0, 0, LocalDate.of(2026, 1, 1), Double.NaN, Task.BINARY, 1))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("rows is 0")
                .hasMessageContaining("days is 0")
                .hasMessageContaining("drift is NaN");
    }

    private static double meanIncome(CreditSample sample, int day) throws IOException {
        return text(sample, day)
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1)[11])
                .filter(cell -> cell.matches("[0-9.]+"))
                .mapToDouble(Double::parseDouble)
                .average()
                .orElseThrow();
    }

    private static List<String> answers(CreditSample sample) throws IOException {
        return text(sample, 0)
                .lines()
                .skip(1)
                .map(line -> line.substring(line.lastIndexOf(',') + 1))
                .toList();
    }

    private static String text(CreditSample sample, int day) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sample.write(day, out);
        return out.toString(StandardCharsets.US_ASCII);
    }
}
