package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.source.Sources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Damaged tables must be read, or refused with a message: no other exception may come out. */
class FuzzTest {
    private static final String[] PIECES = {
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\uFEFF",
        "é",
        "\u00ff",
        "NaN",
        "1e999",
        "-",
        "?",
        "0x1",
        " ",
        "99999999999999999999",
        "2024-13-45",
        "#",
        ":",
        "'",
        "\\",
        "\u2028",
        "😀",
        "true",
        "𝟙"
    };

    @TempDir
    Path folder;

    @Test
    void readsOrRefusesWhateverComes() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        Path file = folder.resolve("fuzz.csv");
        for (int round = 0; round < 600; round++) {
            byte[] bytes = damaged(table(random), random);
            Files.write(file, round % 10 == 0 ? packed(bytes, random) : bytes);
            try {
                Inference inference = Inference.infer(
                        Sources.open(file.toString(), FormatSettings.defaults()), DataSettings.defaults(), "y");
                Load load = new Load(LoadSettings.builder().build());
                load.loadFromString(InitFiles.pipeline(inference, "fuzz", 1));
                load.loadFromString(InitFiles.schema(inference));
                InferenceText.of(inference);
            } catch (PipelineException refused) {
                // Just that is allowed.
            } catch (RuntimeException | Error e) {
                throw new AssertionError("round " + round + ": " + Arrays.toString(bytes), e);
            }
        }
    }

    private static byte[] table(SplittableRandom random) {
        StringBuilder text = new StringBuilder("id,name,amount,day,\"a \"\"quoted\"\" one\",y\n");
        int rows = random.nextInt(1, 60);
        for (int row = 0; row < rows; row++) {
            text.append(row)
                    .append(",\"n, ")
                    .append(row % 7)
                    .append("\",")
                    .append(random.nextInt(100))
                    .append(".5,2024-01-");
            text.append(10 + row % 20)
                    .append(",x")
                    .append(row % 3)
                    .append(',')
                    .append(row % 2)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] damaged(byte[] table, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int edits = random.nextInt(6);
        int last = 0;
        for (int edit = 0; edit < edits; edit++) {
            int at = random.nextInt(last, table.length + 1);
            out.write(table, last, at - last);
            last = at;
            switch (random.nextInt(4)) {
                case 0 -> out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
                case 1 -> last = Math.min(table.length, at + random.nextInt(40));
                case 2 -> out.write(random.nextInt(256));
                default -> out.write(table, 0, random.nextInt(Math.min(80, table.length)));
            }
        }
        out.write(table, last, table.length - last);
        return out.toByteArray();
    }

    private static byte[] packed(byte[] bytes, SplittableRandom random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        byte[] whole = out.toByteArray();
        if (random.nextBoolean()) {
            whole[random.nextInt(whole.length)] ^= (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? whole : Arrays.copyOf(whole, random.nextInt(1, whole.length));
    }
}
