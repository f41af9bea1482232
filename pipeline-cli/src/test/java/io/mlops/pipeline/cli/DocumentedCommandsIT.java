package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands that the documents show, page by page in a folder of its own, by the real launcher. */
class DocumentedCommandsIT {
    private static final Path LAUNCHER = Documents.TOP.resolve("mlops");

    /** The table that the README calls yours. */
    private static final String README_TABLE =
            "mlops sample-data --rows 600 -o sample.csv; sed '1s/default/y/' sample.csv | tee new.csv > data.csv\n";

    @TempDir
    Path folder;

    static Stream<Path> pages() throws IOException {
        return Documents.all().stream().filter(page -> !commands(page).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfThePageWorks(Path page) throws IOException, InterruptedException {
        String script = "set -eu\nmlops() { \"" + LAUNCHER + "\" \"$@\"; }\n"
                + (page.equals(Path.of("README.md")) ? README_TABLE : "")
                + commands(page).replace("./mlops ", "mlops ");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(Files.createDirectory(folder.resolve("project")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(10, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static String commands(Path page) {
        List<Documents.Block> blocks = Documents.blocks(page, "sh");
        return blocks.stream().map(Documents.Block::text).collect(Collectors.joining());
    }
}
