package io.mlops.pipeline.benchmark;

import io.mlops.pipeline.data.sample.CsvBuffer;
import io.mlops.pipeline.data.sample.Draws;
import io.mlops.pipeline.data.sample.RowGenerator;
import io.mlops.pipeline.data.sample.TableWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table of the benchmarks: 20 numbers, 10 categories of 3 to 30 levels, 5 % of the cells missing, a binary target. */
public final class BenchmarkTable implements RowGenerator {
    static final int NUMBERS = 20;
    static final int CATEGORIES = 10;
    static final int COLUMNS = NUMBERS + CATEGORIES;

    private static final double MISSING = 0.05;
    private static final String[] LEVELS = levels();

    /**
     * Writes a table.
     *
     * @param args the number of rows and the file
     */
    public static void main(String[] args) throws IOException {
        try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            TableWriter.write(new BenchmarkTable(), Long.parseLong(args[0]), 42, out);
        }
    }

    @Override
    public String header() {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < NUMBERS; i++) {
            header.append("number_").append(i).append(',');
        }
        for (int i = 0; i < CATEGORIES; i++) {
            header.append("category_").append(i).append(',');
        }
        return header.append("target").toString();
    }

    @Override
    public void row(long number, Draws draws, CsvBuffer out) {
        double score = -1.5;
        double first = 0;
        for (int i = 0; i < NUMBERS; i++) {
            double value = draws.normal();
            score += i < 8 ? value * (.5 - .06 * i) : 0;
            if (i == 0) {
                first = value;
            } else if (i < 4) {
                score += first * value > .5 ? .5 : 0;
            }
            if (!draws.chance(MISSING)) {
                out.decimal(value * (1 + i * i) + 10 * i, 4);
            }
            out.next();
        }
        for (int i = 0; i < CATEGORIES; i++) {
            int level = draws.below(3 + 3 * i);
            score += i < 5 ? (level % 3 - 1) * .3 : 0;
            if (!draws.chance(MISSING)) {
                out.text(LEVELS[level]);
            }
            out.next();
        }
        out.text(draws.chance(1 / (1 + StrictMath.exp(-score))) ? "yes" : "no");
    }

    private static String[] levels() {
        String[] levels = new String[3 * CATEGORIES];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = "level " + (char) ('a' + i % 26) + (i / 26);
        }
        return levels;
    }
}
