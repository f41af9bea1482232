package io.mlops.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
    private static double parse(String text, char decimal) {
        return Cells.parseNumber(text, decimal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "-0.0|0",
                "42|42",
                "+7|7",
                "-3.25|-3.25",
                ".5|0.5",
                "5.|5",
                "1e3|1000",
                "-2.5E-3|-0.0025",
                "0.1|0.1",
                "123456789012345678901234567890|123456789012345678901234567890",
                "9007199254740993|9007199254740993",
                "0.12345678901234567890123|0.12345678901234567890123",
                "1,234|1234",
                "12,345,678.5|12345678.5",
                "$1,200.50|1200.5",
                "-€5|-5",
                "99 €|99",
                "12.5%|12.5",
                "1'234.5|1234.5",
                "\u22125|-5",
                "007|7",
            })
    void readsNumbers(String text, String value) {
        assertThat(parse(text, '.')).isEqualTo(Double.parseDouble(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "e",
                "1e",
                "abc",
                "1.2.3",
                "12-3",
                "0x10",
                "1f",
                "2d",
                "NaN",
                "Infinity",
                "1e400",
                "1,2",
                "1,23,456",
                "1234,567",
                "--1",
                "1 2",
                "$",
                "%",
                "2024-01-01",
                "5more",
                "$1$",
                "1,",
                "1,234,",
                "0,123"
            })
    void readsNoNumberFromAnythingElse(String text) {
        assertThat(parse(text, '.')).isNaN();
    }

    @Test
    void readsTheDecimalComma() {
        assertThat(parse("1,5", ',')).isEqualTo(1.5);
        assertThat(parse("1.234,5", ',')).isEqualTo(1234.5);
        assertThat(parse("1.5", ',')).isNaN();
        assertThat(parse("-0,25e2", ',')).isEqualTo(-25);
    }

    @Test
    void readsWhatJavaPrints() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50_000; i++) {
            double value = i % 2 == 0
                    ? Double.longBitsToDouble(random.nextLong())
                    : random.nextInt(2_000_000) / Math.pow(10, random.nextInt(8));
            if (Double.isFinite(value)) {
                assertThat(parse(Double.toString(value), '.')).isEqualTo(value);
                String fixed = String.format(Locale.ROOT, "%.6f", value);
                if (fixed.length() < 60) {
                    assertThat(parse(fixed, '.')).isEqualTo(Double.parseDouble(fixed) + 0.0);
                }
            }
        }
    }

    @Test
    void trimsBlanksOfAnyKind() {
        char[] text = "\uFEFF\u00A0\t a b \u3000\r".toCharArray();
        int start = Cells.trimStart(text, 0, text.length);
        int end = Cells.trimEnd(text, start, text.length);
        assertThat(new String(text, start, end - start)).isEqualTo("a b");
        assertThat(Cells.trim("   ")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                " 0.0 ,0",
                "1.000,1",
                "-0,0",
                "-1.0,-1",
                "01,01",
                "1.10,1.10",
                "1.5,1.5",
                "1.,1.",
                ".0,.0",
                "-,-",
                "'-1','-1'",
                " >50K.,>50K.",
                "Yes ,Yes"
            })
    void spellsALabelInOneWay(String text, String label) {
        assertThat(Cells.canonicalLabel(text)).isEqualTo(label);
    }

    @Test
    void knowsMissingTokensInAnyCase() {
        Tokens missing = Tokens.of(List.of("NA", "N/A", "?"));
        for (String token : List.of("", "na", "Na", "n/A", "?")) {
            assertThat(Cells.isMissing(token.toCharArray(), 0, token.length(), missing))
                    .isTrue();
        }
        for (String token : List.of("N", "NAN", "0", "??")) {
            assertThat(Cells.isMissing(token.toCharArray(), 0, token.length(), missing))
                    .isFalse();
        }
        assertThat(missing.and(List.of("999")).contains("999")).isTrue();
        assertThat(missing.contains("999")).isFalse();
    }

    @Test
    void readsBooleanWords() {
        BooleanWords any = BooleanWords.of(ColumnSchema.of(ColumnType.BOOLEAN));
        assertThat(any.parse("TRUE".toCharArray(), 0, 4)).isEqualTo(1);
        assertThat(any.parse("n".toCharArray(), 0, 1)).isEqualTo(0);
        assertThat(any.parse("1.0".toCharArray(), 0, 3)).isEqualTo(1);
        assertThat(any.parse("2".toCharArray(), 0, 1)).isNaN();
    }
}
