package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Cells;
import java.util.ArrayList;
import java.util.List;

/** Finds the delimiter of a text table: the one that cuts most rows into as many cells as the first line has. */
final class DialectDetector {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int ROWS = 500;

    private final char[] sample;
    private final int length;
    private final boolean whole;

    /**
     * Looks at the start of a file.
     *
     * @param whole whether the sample is the whole file, so that its last row is complete
     */
    DialectDetector(char[] sample, int length, boolean whole) {
        this.sample = sample;
        this.length = length;
        this.whole = whole;
    }

    /** The delimiter; a comma where the table seems to have one column only. */
    char delimiter(String file) {
        char best = ',';
        double bestScore = 0;
        char uneven = 0;
        for (char delimiter : DELIMITERS) {
            List<Integer> cells = cells(delimiter);
            if (cells.isEmpty()) {
                continue;
            }
            int header = cells.get(0);
            double agreeing = share(cells, header);
            double score = header < 2 ? 0 : agreeing + Math.min(header, 1000) * 1e-6;
            if (score > bestScore) {
                best = delimiter;
                bestScore = score;
            }
            if (cells.size() > 3 && uneven == 0 && agreeing < 0.5 && usual(cells) > 1) {
                uneven = delimiter;
            }
        }
        if (bestScore == 0 && uneven != 0) {
            List<Integer> cells = cells(uneven);
            throw PipelineException.data(file + ": line 1 has " + cells.get(0) + " cell, but most lines have "
                    + usual(cells) + " (cut at '" + uneven
                    + "'): the first line must name the columns; remove what stands before it");
        }
        return best;
    }

    /** Whether cells in quotes have blanks before them, as in {@code 1, "a"}. */
    boolean blanksBeforeQuotes(char delimiter) {
        boolean afterDelimiter = false;
        boolean blank = false;
        for (int i = 0; i < length; i++) {
            char c = sample[i];
            if (c == delimiter || c == '\n') {
                afterDelimiter = true;
                blank = false;
            } else if (c == ' ' && afterDelimiter) {
                blank = true;
            } else {
                if (c == '"' && blank && closes(i + 1, delimiter)) {
                    return true;
                }
                afterDelimiter = false;
                blank = false;
            }
        }
        return false;
    }

    /** Whether a quote opened before the position is closed at the end of its cell, on the same line. */
    private boolean closes(int from, char delimiter) {
        for (int i = from; i < length && sample[i] != '\n'; i++) {
            if (sample[i] == '"') {
                int next = i + 1;
                while (next < length && sample[next] == ' ') {
                    next++;
                }
                if (next == length || sample[next] == delimiter || sample[next] == '\n' || sample[next] == '\r') {
                    return true;
                }
            }
        }
        return false;
    }

    private static double share(List<Integer> cells, int wanted) {
        return (double) cells.stream().filter(count -> count == wanted).count() / cells.size();
    }

    /** The number of cells that at least nine of ten rows after the first have, or 0. */
    private static int usual(List<Integer> cells) {
        int second = cells.get(cells.size() / 2);
        return share(cells.subList(1, cells.size()), second) >= 0.9 ? second : 0;
    }

    /** How many cells each of the first rows has; blank lines and a row cut off by the end of the sample left out. */
    private List<Integer> cells(char delimiter) {
        List<Integer> counts = new ArrayList<>();
        int cells = 1;
        boolean quoted = false;
        boolean cellStart = true;
        boolean blank = true;
        for (int i = 0; i < length && counts.size() < ROWS; i++) {
            char c = sample[i];
            if (quoted) {
                quoted = c != '"';
            } else if (c == '"' && cellStart) {
                quoted = true;
                cellStart = false;
                blank = false;
            } else if (c == '"' && sample[i - 1] == '"' && !blank) {
                quoted = true;
            } else if (c == delimiter) {
                cells++;
                cellStart = true;
                blank = false;
            } else if (c == '\n' || c == '\r') {
                if (!blank) {
                    counts.add(cells);
                }
                cells = 1;
                cellStart = true;
                blank = true;
            } else if (!Cells.isBlank(c)) {
                cellStart = false;
                blank = false;
            }
        }
        if (!blank && (whole || counts.isEmpty()) && counts.size() < ROWS) {
            counts.add(cells);
        }
        return counts;
    }
}
