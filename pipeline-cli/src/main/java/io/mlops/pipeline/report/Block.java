package io.mlops.pipeline.report;

import io.mlops.pipeline.report.chart.Chart;
import java.util.List;

/** A piece of a section, as the templates show it. */
public sealed interface Block {
    /** Charts beside and below each other. */
    record Charts(List<Chart> charts) implements Block {
        public Charts {
            charts = List.copyOf(charts);
        }
    }

    /**
     * A table of text.
     *
     * @param caption what it holds; empty where the section says it
     * @param folded whether a click opens it
     * @param numeric how many of the last columns are numbers
     */
    record Grid(String caption, boolean folded, int numeric, List<String> header, List<List<String>> rows)
            implements Block {
        public Grid {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Names with values. */
    record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** A name with its value. */
    record Fact(String name, String value) {}

    /** Things that a reader must not miss. */
    record Notes(List<Note> notes) implements Block {
        public Notes {
            notes = List.copyOf(notes);
        }
    }

    /** Something that a reader must not miss. */
    record Note(Level level, String text) {}

    /** How serious something is; shown as a word and a sign, and only then as a colour. */
    enum Level {
        GOOD("✓", "Good"),
        INFORMATION("i", "Note"),
        WARNING("!", "Warning"),
        BAD("✗", "Problem");

        private final String sign;
        private final String word;

        Level(String sign, String word) {
            this.sign = sign;
            this.word = word;
        }

        public String sign() {
            return sign;
        }

        public String word() {
            return word;
        }

        public String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
