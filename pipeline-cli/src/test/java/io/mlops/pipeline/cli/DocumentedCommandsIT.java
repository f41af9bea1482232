package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the commands that the documents show, page by page in a folder of its own, by the real launcher. */
class DocumentedCommandsIT {
    private static final Path LAUNCHER = Documents.TOP.resolve("mlops");

    /** The table that the README calls yours. */
    private static final String README_TABLE =
            "mlops sample-data --rows 600 -o sample.csv; sed '1s/default/y/' sample.csv | tee new.csv > data.csv\n";

    /** Each page is its own project in a process of its own, so two at once are no harm. */
    private static final ExecutorService TWO_AT_ONCE = Executors.newFixedThreadPool(2);

    private static final Map<Path, Future<Ended>> RUNNING = new LinkedHashMap<>();

    @TempDir
    static Path folder;

    private record Ended(int code, String output) {}

    static Stream<Path> pages() throws IOException {
        return Documents.all().stream().filter(page -> !commands(page).isEmpty());
    }

    @BeforeAll
    static void start() throws IOException {
        pages().forEach(page -> RUNNING.put(page, TWO_AT_ONCE.submit(() -> run(page))));
    }

    @AfterAll
    static void stop() {
        TWO_AT_ONCE.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandOfThePageWorks(Path page) throws InterruptedException, ExecutionException {
        Ended ended = Objects.requireNonNull(RUNNING.get(page)).get();
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private static Ended run(Path page) throws IOException, InterruptedException {
        String script = "set -eu\nmlops() { \"" + LAUNCHER + "\" \"$@\"; }\n"
                + (page.equals(Path.of("README.md")) ? README_TABLE : "")
                + commands(page).replace("./mlops ", "mlops ");
        Path place = Files.createTempDirectory(folder, "page");
        Path output = place.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(Files.createDirectory(place.resolve("project")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Short commands end before the better compiler has paid off.
        builder.environment().put("MLOPS_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            boolean ended = process.waitFor(10, TimeUnit.MINUTES);
            return new Ended(ended ? process.exitValue() : -1, Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String commands(Path page) {
        List<Documents.Block> blocks = Documents.blocks(page, "sh");
        return blocks.stream().map(Documents.Block::text).collect(Collectors.joining());
    }
}
