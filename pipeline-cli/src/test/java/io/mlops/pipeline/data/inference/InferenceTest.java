package io.mlops.pipeline.data.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(3);

    /** A table with one column of interest beside a target that has nothing to do with it. */
    private Inference column(String name, int rows, IntFunction<String> cell) {
        String text = Tables.rows(
                name + ";filler;y", rows, i -> cell.apply(i) + ";" + i % 7 + ";" + (i * 31 % 17 < 6 ? 1 : 0));
        return Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y");
    }

    private InferredColumn first(int rows, IntFunction<String> cell) {
        return column("x", rows, cell).columns().get(0);
    }

    private static boolean says(Inference inference, String column, String part) {
        return inference.findings().stream()
                .anyMatch(each ->
                        column.equals(each.column()) && (each.what() + each.evidence() + each.action()).contains(part));
    }

    private Inference target(int rows, IntFunction<String> label) {
        String text = Tables.rows("a,y", rows, i -> random.nextInt(100) + "," + label.apply(i));
        return Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y");
    }

    @Test
    void tellsNumbersFromWholeNumbers() {
        assertThat(first(100, i -> i * 3 % 41 + ".5").type()).isEqualTo(ColumnType.NUMBER);
        assertThat(first(100, i -> i * 3 % 41 + ".0").type()).isEqualTo(ColumnType.INTEGER);
        assertThat(first(100, i -> " " + (i % 3 + 1) + " ").type()).isEqualTo(ColumnType.INTEGER);
    }

    @Test
    void keepsNumbersInSpiteOfJunk() {
        InferredColumn column = first(200, i -> i % 40 == 0 ? "error" : i % 50 == 1 ? "N/A" : i % 9 + ".5");
        assertThat(column.type()).isEqualTo(ColumnType.NUMBER);
        assertThat(column.junk()).isEqualTo(5);
        assertThat(column.junkExamples()).containsEntry("error", 5L);
        assertThat(column.missing()).isEqualTo(4);
        assertThat(column.missingTokens()).containsEntry("N/A", 4L);
    }

    @Test
    void readsFewNumbersBesideWordsAsCategories() {
        assertThat(first(100, i -> List.of("2", "3", "4", "5more").get(i % 4)).type())
                .isEqualTo(ColumnType.CATEGORY);
        assertThat(first(400, i -> i % 20 == 0 ? "3+" : "" + i % 3).type()).isEqualTo(ColumnType.CATEGORY);
    }

    @ParameterizedTest
    @CsvSource({"Yes,No,yes", "T,F,t", "true,FALSE,true", "1,0,1", "1.0,0.0,1", "ja,nein,ja"})
    void knowsOppositeWords(String one, String other, String yes) {
        InferredColumn column = first(60, i -> i % 3 == 0 ? one : other);
        assertThat(column.type()).isEqualTo(ColumnType.BOOLEAN);
        assertThat(column.schema().trueValues()).containsExactly(yes);
    }

    @Test
    void doesNotTakeAnyTwoWordsForOpposites() {
        assertThat(first(60, i -> i % 2 == 0 ? "M" : "F").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(first(60, i -> i % 2 == 0 ? "1" : "2").type()).isEqualTo(ColumnType.INTEGER);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "2024-02-%02d,iso",
                "2024-02-%02dT10:15:00Z,iso",
                "%02d.02.2024,d.M.yyyy",
                "%d/2/2024,d/M/yyyy",
                "2/%d/2024,M/d/yyyy",
                "2/%d/2024 3:05 PM,M/d/yyyy h:mm a",
                "2024/02/%02d 10:15:30,yyyy/M/d H:mm:ss",
                "%02d-Feb-2024,d-MMM-yyyy",
                "202402%02d,yyyyMMdd"
            })
    void findsTheFormatOfDates(String pattern, String format) {
        InferredColumn column = first(60, i -> String.format(Locale.ROOT, pattern, i % 28 + 1));
        assertThat(column.type()).isEqualTo(ColumnType.DATETIME);
        assertThat(column.schema().format()).isEqualTo(format);
    }

    @Test
    void asksWhereDayAndMonthCannotBeToldApart() {
        Inference inference = column("x", 60, i -> (i % 12 + 1) + "/" + (i % 11 + 1) + "/2024");
        assertThat(inference.columns().get(0).type()).isEqualTo(ColumnType.DATETIME);
        assertThat(says(inference, "x", "day and month cannot be told apart")).isTrue();
        Inference clear = column("x", 60, i -> (i % 12 + 1) + "/" + (i % 28 + 1) + "/2024");
        assertThat(says(clear, "x", "cannot be told apart")).isFalse();
        Inference symmetric = column("x", 144, i -> (i % 12 + 1) + "/" + (i / 12 + 1) + "/2024");
        assertThat(says(symmetric, "x", "day and month cannot be told apart"))
                .as("both readings begin and end on the same day")
                .isTrue();
    }

    @Test
    void readsDayAndMonthSoThatTheRowsAreInOrder() {
        Inference inference = column("x", 48, i -> (i % 4 * 3 + 1) + "/" + (i / 4 + 1) + "/2024");
        assertThat(inference.columns().get(0).schema().format()).isEqualTo("d/M/yyyy");
        assertThat(says(inference, "x", "day and month cannot be told apart")).isTrue();
    }

    @Test
    void findsIdentifiers() {
        assertThat(column("x", 60, i -> "" + (i + 1)).schema().role("x")).isEqualTo(Role.ID);
        assertThat(first(120, i -> "" + (i * 7 % 120 + 500)).type()).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(first(60, i -> "K-" + i * 7919).type()).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(first(60, i -> new UUID(i, i * 31L).toString()).type()).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(column("customerId", 60, i -> "" + (i * 7919L + 100_000))
                        .columns()
                        .get(0)
                        .type())
                .isEqualTo(ColumnType.IDENTIFIER);
    }

    @Test
    void tellsLongNumbersApartThatNoDoubleCan() {
        InferredColumn column = column("account_id", 60, i -> "123456789012345678" + (10 + i))
                .columns()
                .get(0);
        assertThat(column.type()).isEqualTo(ColumnType.IDENTIFIER);
        assertThat(column("x", 60, i -> "123456789012345678" + (10 + i % 2))
                        .settings()
                        .ignore())
                .isEmpty();
    }

    @Test
    void takesNoMeasurementForAnIdentifier() {
        assertThat(first(500, i -> "" + i * 7919L % 100_003).type()).isEqualTo(ColumnType.INTEGER);
        assertThat(first(500, i -> i + ".5").type()).isEqualTo(ColumnType.NUMBER);
        assertThat(first(20, i -> "word" + i).type()).isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void tellsTextFromCategories() {
        assertThat(first(200, i -> "the quick brown fox no " + i + " jumps over")
                        .type())
                .isEqualTo(ColumnType.TEXT);
        assertThat(first(600, i -> "zone " + i % 200).type()).isEqualTo(ColumnType.CATEGORY);
    }

    @Test
    void ignoresConstantAndMissingColumnsAndCopiesOfTheTarget() {
        String text = Tables.rows(
                "same,none,copy,x,y",
                100,
                i -> "a,?," + (i % 3 == 0 ? 1 : 0) + "," + i * 37 % 50 + "," + (i % 3 == 0 ? 1 : 0));
        Inference inference = Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y");
        assertThat(inference.settings().ignore()).containsExactly("same", "none", "copy");
        assertThat(inference.schema().names(Role.FEATURE)).containsExactly("x");
        assertThat(inference.schema().column("none").required()).isFalse();
    }

    @Test
    void readsTheDecimalComma() {
        Inference inference = column("preis", 100, i -> i + "," + i % 10 + "5");
        assertThat(inference.settings().format().decimal()).isEqualTo(",");
        assertThat(inference.columns().get(0).type()).isEqualTo(ColumnType.NUMBER);
        assertThat(inference.columns().get(0).max()).isEqualTo(99.95);
    }

    @Test
    void asksAboutSentinels() {
        assertThat(says(column("x", 300, i -> i % 20 == 0 ? "-200" : 10 + i % 37 + ".5"), "x", "-200"))
                .isTrue();
        assertThat(says(column("x", 300, i -> i % 20 == 0 ? "999" : 10 + i % 37 + ".5"), "x", "999"))
                .isTrue();
        assertThat(says(column("x", 300, i -> i % 20 == 0 ? "0" : 80 + i % 37 + ".5"), "x", "does 0 stand"))
                .isTrue();
        assertThat(says(column("x", 300, i -> i % 37 + ".5"), "x", "stand for missing"))
                .isFalse();
    }

    @Test
    void cleansLabelsAndRejectsJunk() {
        Inference inference = target(400, i -> switch (i % 100) {
            case 0 -> "";
            case 1 -> " NAN ";
            case 2 -> i < 200 ? "invalid" : "777";
            default -> i % 3 == 0 ? " 0.0 " : "1.0";
        });
        assertThat(inference.target().task()).isEqualTo(Task.BINARY);
        assertThat(inference.target().classes()).containsExactly("1", "0");
        assertThat(inference.settings().labels()).containsExactlyInAnyOrder("0", "1");
        assertThat(says(inference, "y", "12 rows: 8 missing")).isTrue();
        assertThat(says(inference, "y", "'777' (2)")).isTrue();
    }

    @Test
    void takesManyNumbersForRegression() {
        assertThat(target(300, i -> "" + i * 31 % 211).target().task()).isEqualTo(Task.REGRESSION);
        assertThat(target(300, i -> i * 31 % 211 + ".5").target().task()).isEqualTo(Task.REGRESSION);
        Inference ordered = target(300, i -> "" + i % 6);
        assertThat(ordered.target().task()).isEqualTo(Task.MULTICLASS);
        assertThat(says(ordered, "y", "regression")).isTrue();
    }

    @Test
    void keepsTooRareLabelsOut() {
        Inference inference =
                target(500, i -> i < 2 ? "rare" : List.of("a", "b", "c").get(i % 3));
        assertThat(inference.target().classes()).containsExactly("a", "b", "c");
        assertThat(says(inference, "y", "'rare' (2)")).isTrue();
    }

    @Test
    void obeysTheSettings() {
        String text = Tables.rows(
                "a,b,y",
                100,
                i -> i * 7 % 10 + "," + i * 3 % 50 + ","
                        + List.of("u", "v", "w").get(i % 3));
        Inference inference = Inference.infer(
                Tables.source(folder, text), Tables.settings("u", List.of("u", "v"), List.of("b")), "y");
        assertThat(inference.target().classes()).containsExactly("v", "u");
        assertThat(inference.settings().ignore()).containsExactly("b");
        assertThatThrownBy(() -> Inference.infer(
                        Tables.source(folder, text), Tables.settings("x", List.of("u", "v"), List.of()), "y"))
                .hasMessageContaining("data.positive: 'x' is no label");
        assertThatThrownBy(() -> Inference.infer(
                        Tables.source(folder, text), Tables.settings(null, List.of("q"), List.of()), "y"))
                .hasMessageContaining("data.labels: 'q'");
    }

    @Test
    void refusesTargetsThatCannotBeLearned() {
        refused(() -> target(100, i -> ""), PipelineException.Kind.DATA, "missing in every row");
        refused(() -> target(100, i -> "a"), PipelineException.Kind.DATA, "only the label 'a' (100)");
        refused(() -> target(100, i -> "name" + i), PipelineException.Kind.DATA, "most of them rare");
        refused(() -> target(1, i -> "a"), PipelineException.Kind.DATA, "at least two classes");
        refused(() -> target(0, i -> ""), PipelineException.Kind.DATA, "a header but no rows");
    }

    private static void refused(Runnable work, PipelineException.Kind kind, String part) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessageContaining(part);
    }

    @Test
    void namesTheNearestColumnsForAWrongTarget() {
        String text = Tables.rows("age,Survived", 100, i -> i + "," + i % 2);
        refused(
                () -> Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "survive"),
                PipelineException.Kind.USAGE,
                "did you mean 'Survived'?");
        refused(
                () -> Inference.infer(Tables.source(folder, text), DataSettings.defaults(), null),
                PipelineException.Kind.USAGE,
                "'Survived' (two classes)");
        String bare = Tables.rows("39,State-gov,1.5", 100, i -> i + ",Private," + i % 2);
        refused(
                () -> Inference.infer(Tables.source(folder, bare), DataSettings.defaults(), "income"),
                PipelineException.Kind.USAGE,
                "set data.format.header to false");
    }

    @Test
    void countsRaggedRowsAndDuplicates() {
        String text = Tables.rows("a,y", 100, i -> i % 10 == 3 ? "1,2,3" : i % 5 + "," + i % 2);
        Inference inference = Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y");
        assertThat(inference.rows()).isEqualTo(90);
        assertThat(inference.ragged()).isEqualTo(10);
        assertThat(inference.duplicates()).isEqualTo(81);
    }

    @Test
    void suspectsColumnsThatKnowTheTarget() {
        String text = Tables.rows("late,part,rest,noise,y", 600, i -> {
            int part = random.nextInt(1000);
            int rest = random.nextInt(300);
            return (part + rest + 0.25 * random.nextDouble()) + "," + part + "," + rest + "," + random.nextInt(100)
                    + "," + (part + rest);
        });
        Inference inference = Inference.infer(Tables.source(folder, text), DataSettings.defaults(), "y");
        assertThat(says(inference, "late", "almost perfectly")).isTrue();
        assertThat(says(inference, "noise", "predicts the target")).isFalse();
        String sum = Tables.rows("part,rest,y", 600, i -> {
            int part = random.nextInt(1000);
            int rest = random.nextInt(1000);
            return part + "," + rest + "," + (part + rest);
        });
        assertThat(says(
                        Inference.infer(Tables.source(folder, sum), DataSettings.defaults(), "y"),
                        "y",
                        "the target is a sum of"))
                .isTrue();
        String classes = Tables.rows(
                "reason,x,y",
                600,
                i -> (i % 3 == 0 ? "r" + i % 2 : "") + "," + random.nextInt(50) + ","
                        + (i % 3 == 0 ? "left" : "stayed"));
        assertThat(says(
                        Inference.infer(Tables.source(folder, classes), DataSettings.defaults(), "y"),
                        "reason",
                        "almost perfectly"))
                .isTrue();
    }

    @Test
    void givesTheSameForAnyOrderOfTheRowsItSamples() {
        IntFunction<String> row = i -> Keys.mix(i) % 1000 + "," + Keys.mix(i + 7L) % 50 + "," + Math.abs(i * 31 % 17);
        String forward = Tables.rows("a,b,y", 60_000, row);
        String backward = Tables.rows("a,b,y", 60_000, i -> row.apply(59_999 - i));
        Inference one = Inference.infer(Tables.source(folder, forward), DataSettings.defaults(), "y");
        Inference other = Inference.infer(Tables.source(folder, backward), DataSettings.defaults(), "y");
        assertThat(one.findings()).isEqualTo(other.findings());
        assertThat(one.schema()).isEqualTo(other.schema());
    }

    @Test
    void survivesManyColumnsAndManyCategories() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < 10_000; column++) {
                text.append(row == 0 ? "c" + column : "" + random.nextInt(50)).append(',');
            }
            text.append(row == 0 ? "y" : "" + row % 2).append('\n');
        }
        Inference wide = Inference.infer(Tables.source(folder, text.toString()), DataSettings.defaults(), "y");
        assertThat(wide.columns()).hasSize(10_001);
        String deep = Tables.rows("x,y", 200_000, i -> "user" + i / 2 + "," + i % 2);
        InferredColumn users = Inference.infer(Tables.source(folder, deep), DataSettings.defaults(), "y")
                .column("x");
        assertThat((double) users.distinct()).isBetween(97_000.0, 103_000.0);
        assertThat(users.distinctExact()).isFalse();
    }
}
