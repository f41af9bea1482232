package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the project's Python scripts by the interpreter that has the locked packages (MLOPS_PYTHON). */
final class PythonProcess {
    private static final Path PYTHON =
            Path.of(System.getenv().getOrDefault("MLOPS_PYTHON", Documents.TOP + "/.venv/bin/python"));
    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

    private PythonProcess() {}

    /** Skips the test where there is no interpreter, but not where everything has to be there. */
    static void require() {
        boolean exists = Files.isExecutable(PYTHON);
        assertThat(exists || !"true".equals(System.getenv("CI")))
                .as("%s is needed: set MLOPS_PYTHON, or make the virtual environment", PYTHON)
                .isTrue();
        assumeTrue(exists, "needs " + PYTHON);
    }

    /** Runs a script in a folder to its end; nothing that it started outlives it. */
    static void run(Path folder, String script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(PYTHON.toString(), SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve(script + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(30, TimeUnit.MINUTES);
            assertThat(ended).as(Files.readString(output)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
