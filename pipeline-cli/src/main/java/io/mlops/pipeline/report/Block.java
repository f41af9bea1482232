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
     * @param firstNumber which column is the first of those with numbers, from 0 on
     * @param numbers how many columns have numbers
     */
    record Grid(
            String caption, boolean folded, int firstNumber, int numbers, List<String> header, List<List<String>> rows)
            implements Block {
        public Grid {
            header = List.copyOf(header);
            rows = rows.stream().map(List::copyOf).toList();
        }

        /** A table whose last columns are numbers. */
        static Grid of(String caption, boolean folded, int numbers, List<String> header, List<List<String>> rows) {
            return new Grid(caption, folded, header.size() - numbers, numbers, header, rows);
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

    /**
     * The columns of a table, one line each.
     *
     * @param others the later ones, folded
     * @param left how many there are beyond those
     */
    record Columns(List<Column> first, List<Column> others, int left) implements Block {
        /** More columns than this are folded. */
        static final int MOST_UNFOLDED = 40;

        /** More columns than this are only counted: a page of all would be too heavy to open. */
        static final int MOST = 500;

        public Columns {
            first = List.copyOf(first);
            others = List.copyOf(others);
        }

        static Columns of(List<Column> all) {
            int unfolded = Math.min(MOST_UNFOLDED, all.size());
            int shown = Math.min(MOST, all.size());
            return new Columns(all.subList(0, unfolded), all.subList(unfolded, shown), all.size() - shown);
        }
    }

    /**
     * One column of a table.
     *
     * @param kind how it was read and what it is used for
     * @param missingShare 0 to 1
     * @param missing the same as text
     * @param bars the path of its histogram, see {@link Sparkline}; empty where there is none
     * @param barsTitle what the histogram shows
     * @param holds what the cells are like, in a few words
     */
    record Column(
            String name,
            String kind,
            double missingShare,
            String missing,
            String bars,
            String barsTitle,
            String holds) {
        /** The missing share as a whole number of percent, at least 1 where any is missing. */
        public int missingPercent() {
            return (int) Math.ceil(missingShare * 100);
        }
    }

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
