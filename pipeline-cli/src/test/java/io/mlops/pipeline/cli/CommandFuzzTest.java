package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in the files a user edits, a command does its work or says what is wrong; it never breaks. */
class CommandFuzzTest {
    private static final Set<Integer> ANSWERS = Set.of(0, 2, 3, 75);
    private static final int ROUNDS = 120;

    private static final String[] YAML_PIECES = {
        ":",
        ": ",
        "- ",
        "\n",
        "  ",
        "{",
        "}",
        "[",
        "]",
        "&a",
        "*a",
        "!!int ",
        "|",
        ">",
        "\"",
        "'",
        "#",
        "\t",
        "null",
        "true",
        "-1",
        "1e999",
        "99999999999999999999",
        "0x1F",
        "~",
        "<<: *a",
        "---",
        "...",
        "%TAG",
        "\0",
        "é",
        "\uFEFF",
        "../../etc",
        "yes",
        ".nan",
        "2024-01-02",
        "data:",
        "train:",
        "columns:"
    };

    private static final String[] CSV_PIECES = {
        "\"", ",", ";", "\n", "\r", "\0", "\uFEFF", "NaN", "1e999", "?", " ", "99999999999999999999", "é", "y", "#"
    };

    @TempDir
    Path home;

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void answersWhateverTheFilesHold() throws IOException {
        Files.writeString(home.resolve("t.csv"), table());
        assertThat(Said.by(home, "-C", "init", home.resolve("t.csv").toString(), "--target", "y")
                        .code())
                .isZero();
        String pipeline = Files.readString(home.resolve("pipeline.yaml"));
        String schema = Files.readString(home.resolve("schema.yaml"));
        for (int round = 0; round < ROUNDS; round++) {
            String own = round % 3 == 0 ? damaged(pipeline, YAML_PIECES) : pipeline;
            String types = round % 3 == 1 ? damaged(schema, YAML_PIECES) : schema;
            String rows = round % 3 == 2 ? damaged(table(), CSV_PIECES) : table();
            Files.writeString(home.resolve("pipeline.yaml"), own);
            Files.writeString(home.resolve("schema.yaml"), types);
            Files.writeString(home.resolve("t.csv"), rows);

            Said said = Said.by(home, "-C", "prepare-data", "--date", "2026-01-02", "--quiet");

            assertThat(ANSWERS)
                    .as("round %s: %s%n%s%n%s%n%s", round, said.err(), own, types, rows)
                    .contains(said.code());
            assertThat(said.err()).doesNotContain("\tat ");
        }
    }

    private static String table() {
        StringBuilder text = new StringBuilder("id,amount,kind,day,y\n");
        for (int row = 0; row < 80; row++) {
            text.append("k-")
                    .append(row)
                    .append(',')
                    .append(row * 37 % 101)
                    .append(".5,c")
                    .append(row % 4);
            text.append(",2024-01-")
                    .append(10 + row % 20)
                    .append(',')
                    .append(row % 3 == 0 ? 1 : 0)
                    .append('\n');
        }
        return text.toString();
    }

    /** The text with one to three places cut out, doubled, or with a piece put in. */
    private String damaged(String text, String[] pieces) {
        StringBuilder damaged = new StringBuilder(text);
        for (int edit = random.nextInt(1, 4); edit > 0; edit--) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + random.nextInt(1, 30));
            switch (random.nextInt(3)) {
                case 0 -> damaged.delete(at, end);
                case 1 -> damaged.insert(at, damaged.substring(at, end));
                default -> damaged.insert(at, pieces[random.nextInt(pieces.length)]);
            }
        }
        return damaged.toString();
    }
}
