package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands of the jar in a project's folder, one after the other, each a process of its own. */
record JarCommands(Path project) {
    private static final Path JAR = Path.of(System.getProperty("pipeline.jar", "target/pipeline-cli.jar"))
            .toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a command left: its exit code, its JSON and its words. */
    record Ended(int code, JsonNode result, String words) {}

    Ended run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return run(List.of(), environment, arguments);
    }

    Ended run(List<String> options, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return ended(start(options, environment, arguments));
    }

    Ended ended(Process process) throws IOException, InterruptedException {
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        String output = Files.readString(project.resolve("output.log")).strip();
        String last = output.substring(output.lastIndexOf('\n') + 1);
        return new Ended(process.exitValue(), JSON.readTree(last), words());
    }

    String words() throws IOException {
        return Files.readString(project.resolve("error.log"));
    }

    /**
     * Starts a command.
     *
     * @param options of the virtual machine
     * @param environment all variables of MLflow's and Airflow's that the command sees, and more
     */
    Process start(List<String> options, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectOutput(project.resolve("output.log").toFile())
                .redirectError(project.resolve("error.log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MLFLOW_") || name.startsWith("AIRFLOW_"));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
