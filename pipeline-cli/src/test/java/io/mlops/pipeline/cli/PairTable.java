package io.mlops.pipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A table whose target depends on a ratio, on two categories together, and on the distance from the mean of a category. */
final class PairTable {
    private static final List<String> COLUMNS = List.of("income", "debt", "code", "shape", "city", "rent", "y");

    private PairTable() {}

    /** Writes {@code table.csv}, the same with odd cells as {@code spoilt.csv}, and the configuration. */
    static void write(Path project, int crosses) throws IOException {
        List<List<String>> rows = rows();
        OddTable.write(project.resolve("table.csv"), ',', COLUMNS, rows);
        OddTable.write(project.resolve("spoilt.csv"), ',', COLUMNS, OddTable.spoilt(rows));
        String views = """
                  %%s: {numbers_from_text: false, frequencies: true, crosses: %d, arithmetic: 2, aggregates: 1, target_from: 2}
                """.formatted(crosses);
        Files.writeString(
                project.resolve("pipeline.yaml"),
                """
                name: pairs
                data: {source: table.csv, target: y, task: regression}
                features:
                """ + views.formatted("tree") + views.formatted("linear") + views.formatted("neural"));
        Files.writeString(project.resolve("schema.yaml"), """
                columns:
                  income: {type: number}
                  debt: {type: number}
                  code: {type: category}
                  shape: {type: category}
                  city: {type: category}
                  rent: {type: number}
                  y: {type: number}
                """);
    }

    private static List<List<String>> rows() {
        Random random = new Random(42);
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < 3_000; row++) {
            double income = 1 + 9 * random.nextDouble();
            double debt = 1 + 9 * random.nextDouble();
            int code = random.nextInt(4);
            int shape = random.nextInt(4);
            int city = random.nextInt(30);
            double distance = random.nextBoolean() ? 50 : -50;
            double y = (income > debt ? 1 : -1) + (code < 2 == shape < 2 ? 1 : -1) + distance / 50;
            rows.add(List.of(
                    random.nextInt(20) == 0 ? "" : number(income),
                    random.nextInt(50) == 0 ? "0" : number(debt),
                    random.nextInt(20) == 0 ? "" : "0" + code,
                    random.nextInt(20) == 0 ? "" : "shape " + shape,
                    "city " + city,
                    number(1000 * Math.sin(city) + distance),
                    number(y + random.nextGaussian() / 4)));
        }
        return rows;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
