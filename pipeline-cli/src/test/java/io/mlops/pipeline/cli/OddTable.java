package io.mlops.pipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table with a column of every type, written as people write them, and cells that nobody expects. */
final class OddTable {
    /** Cells that are somewhere else than where they belong. */
    private static final List<String> ODD = List.of(
            "",
            " ",
            "NA",
            "n/a",
            "?",
            "-",
            "nil",
            "x",
            "0",
            "-0.0",
            "1",
            "1.0",
            "007",
            "1,234.5",
            "1.234,5",
            "$ 7",
            "8 €",
            "9 %",
            "1e3",
            "1e999",
            "-1e308",
            "0x1F",
            "12345678901234567890123",
            "\u22125",
            "\u00a03\u00a0",
            "true",
            "YES",
            "No",
            "2024-02-29",
            "2024-02-30",
            "2024-02-29T23:59:59.9999+01:00",
            "31.04.2024",
            "1.2.2024",
            "30 Feb 2023",
            "2/9/2024 12:05 AM",
            "unseen",
            "Zürich",
            "ZÜRICH",
            "01",
            "2. mid",
            "ÀÉÎ ǅ 中文 ٣٤ ½ \uD83D\uDE00 İstanbul",
            "one, \"two\" three");

    static final List<String> COLUMNS = List.of(
            "id", "amount", "count", "share", "flag", "code", "grade", "city", "born", "seen", "paid", "note", "size",
            "yes", "kind", "value");

    /** What says how the cells are read; the targets but one are ignored. */
    static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("id", "type: identifier"),
            Map.entry("amount", "type: number"),
            Map.entry("count", "{type: integer, missing: ['-99']}"),
            Map.entry("share", "type: number"),
            Map.entry("flag", "type: boolean"),
            Map.entry("code", "type: category"),
            Map.entry("grade", "type: category"),
            Map.entry("city", "type: category"),
            Map.entry("born", "{type: datetime, format: dd.MM.yyyy}"),
            Map.entry("seen", "type: datetime"),
            Map.entry("paid", "{type: datetime, format: 'M/d/yyyy h:mm a'}"),
            Map.entry("note", "type: text"),
            Map.entry("size", "{type: category, required: false}"),
            Map.entry("yes", "type: category"),
            Map.entry("kind", "type: category"),
            Map.entry("value", "type: number"));

    private static final List<String> CITIES = List.of(
            "Zürich", "Oslo", "Łódź", "Paris", "Rome", "Bern", "Turin", "Porto", "Lyon", "Nice", "Graz", "Linz", "Köln",
            "Bonn", "Kiel", "Ulm", "Hof", "Gera", "Jena", "Mainz", "Trier", "Essen", "Hagen", "Halle", "Worms",
            "Basel");

    private static final List<String> WORDS = List.of(
            "late", "paid", "twice", "called", "no answer", "C85", "naïve", "Über", "ok", "refund", "2nd", "İzmir");

    private final Random random = new Random(42);
    private final boolean decimalComma;
    private final char separator;

    /** @param decimalComma whether it is written as in much of Europe, with semicolons between the cells */
    OddTable(boolean decimalComma) {
        this.decimalComma = decimalComma;
        this.separator = decimalComma ? ';' : ',';
    }

    /** Rows to learn from. */
    List<List<String>> rows(int count) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(row(row));
        }
        return rows;
    }

    private List<String> row(int number) {
        double wealth = random.nextGaussian();
        int grade = 1 + random.nextInt(3);
        int city = random.nextInt(CITIES.size());
        LocalDateTime day = LocalDateTime.of(2020, 1, 1, 0, 0).plusMinutes(random.nextInt(2_000_000));
        double risk =
                wealth + grade - 2 + 0.1 * (city % 5) + (day.getMonthValue() > 6 ? 0.5 : 0) + random.nextGaussian() / 2;
        String note = random.ints(random.nextInt(5), 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
        return List.of(
                "r" + number,
                sometimes(
                        0.1,
                        number(Math.exp(wealth) * 1000, "%,.2f")
                                + List.of("", " %", " €").get(number % 3)),
                sometimes(0.05, random.nextInt(20) == 0 ? "-99" : String.valueOf(random.nextInt(9))),
                number(1 / (1 + Math.exp(-risk)), "%.4f"),
                sometimes(0.05, List.of("yes", "No", "YES", "0").get(random.nextInt(4))),
                "0" + (1 + random.nextInt(4)),
                sometimes(0.02, grade + List.of(". low", ". mid", ". high").get(grade - 1)),
                " " + CITIES.get(city),
                sometimes(0.05, day.format(DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ENGLISH))),
                day + (number % 2 == 0 ? ":30.5Z" : ""),
                sometimes(0.05, day.format(DateTimeFormatter.ofPattern("M/d/yyyy h:mm a", Locale.ENGLISH))),
                note,
                sometimes(0.2, List.of("S", "M", "L", "XL").get(random.nextInt(4))),
                risk > 0.3 ? "good" : "bad",
                String.valueOf(risk > 0.5 ? 2 : risk > -0.5 ? 1 : 0),
                number(1000 * risk, "%.1f"));
    }

    private String sometimes(double share, String cell) {
        return random.nextDouble() < share ? List.of("", "NA", "?").get(random.nextInt(3)) : cell;
    }

    private String number(double value, String format) {
        return String.format(decimalComma ? Locale.GERMANY : Locale.ROOT, format, value);
    }

    /** Rows of any table, a third of whose cells are odd. */
    static List<List<String>> spoilt(List<List<String>> rows) {
        Random random = new Random(7);
        return rows.stream()
                .map(row -> row.stream()
                        .map(cell -> random.nextInt(3) == 0 ? ODD.get(random.nextInt(ODD.size())) : cell)
                        .toList())
                .toList();
    }

    /** Writes rows with every cell in quotes. */
    static void write(Path file, char separator, List<String> header, List<List<String>> rows) throws IOException {
        String text = Stream.concat(Stream.of(header), rows.stream())
                .map(row -> row.stream()
                        .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(String.valueOf(separator))))
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    void write(Path file, List<List<String>> rows) throws IOException {
        write(file, separator, COLUMNS, rows);
    }

    char separator() {
        return separator;
    }

    /** The configuration of a project that learns one of the targets from it. */
    void configure(Path project, String target, String features) throws IOException {
        List<String> others = Stream.of("yes", "kind", "value")
                .filter(each -> !each.equals(target))
                .toList();
        Files.writeString(
                project.resolve("pipeline.yaml"),
                """
                name: odd
                data:
                  source: table.csv
                  target: %s
                  task: %s
                  id: [id]
                  ignore: %s
                  format:
                    delimiter: '%s'
                    decimal: '%s'
                """.formatted(
                                        target,
                                        Map.of("yes", "binary", "kind", "multiclass", "value", "regression")
                                                .get(target),
                                        others,
                                        separator,
                                        decimalComma ? ',' : '.')
                        + features);
        StringBuilder schema = new StringBuilder("columns:\n");
        new TreeMap<>(TYPES).forEach((name, type) -> schema.append("  '")
                .append(name)
                .append("': ")
                .append(type.startsWith("{") ? type : "{" + type + "}")
                .append('\n'));
        Files.writeString(project.resolve("schema.yaml"), schema);
    }
}
