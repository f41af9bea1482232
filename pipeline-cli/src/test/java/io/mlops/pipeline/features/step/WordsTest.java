package io.mlops.pipeline.features.step;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @Test
    void findsWordsOfAnyLanguage() {
        assertThat(Words.of("Braund, Mr. Owen Harris")).containsExactly("braund", "mr", "owen", "harris");
        assertThat(Words.of("  Größe: 3½ 日本-x ")).containsExactly("größe", "3", "日本", "x");
        assertThat(Words.of("...")).isEmpty();
    }

    @Test
    void joinsNeighboursToTerms() {
        assertThat(Words.grams("a b c", 3)).containsExactly("a", "b", "c", "a b", "b c", "a b c");
    }

    @Test
    void hashesAsFnvIsPublished() {
        assertThat(Words.hash("")).isEqualTo(0xcbf29ce484222325L);
        assertThat(Words.hash("foobar")).isEqualTo(0x85944171f73967e8L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1. Never Married|1",
                "5more|5",
                "18 - 29 year olds|18",
                "$1,200.50 a month|1200.5",
                ">= 2 years|2",
                "-3 to 4|-3",
                "1,5|1",
                "more|NaN",
                "A11|NaN",
                "12345678901234567890|NaN",
                "2019-03-01|2019"
            })
    void readsTheNumberThatATextStartsWith(String text, Double number) {
        assertThat(NumberFromText.parse(text)).isEqualTo(number);
    }
}
