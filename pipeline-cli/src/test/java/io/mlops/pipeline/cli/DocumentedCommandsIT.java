package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands that the documents show, in their order, by the real launcher. */
class DocumentedCommandsIT {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"docs/tutorial.md", "README.md"})
    void everyCommandOfTheDocumentWorks(String document) throws IOException, InterruptedException {
        List<String> commands = commands(TOP.resolve(document));
        assertThat(commands).isNotEmpty();
        String prologue = document.equals("README.md")
                ? "\"" + TOP.resolve("mlops")
                        + "\" sample-data --rows 600 -o sample.csv\nsed '1s/default/y/' sample.csv | tee new.csv > data.csv\n"
                : "";
        Path script = Files.writeString(
                folder.resolve("script.sh"), "set -eu\n" + prologue + String.join("\n", commands) + "\n");

        Process process = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output.txt")))
                .isZero();
    }

    /** The lines of a document's code blocks that call the launcher, by its full path. */
    private static List<String> commands(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("mlops ") || line.startsWith("./mlops "))
                .map(line -> line.replaceFirst("^(\\./)?mlops ", "mlops ").replaceFirst("\\s+#.*$", ""))
                .map(line -> line.startsWith("mlops ") ? "\"" + TOP.resolve("mlops") + "\" " + line.substring(6) : line)
                .toList();
    }
}
