package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real MLflow server on a port of its own. */
public final class RunningMlflow implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static @Nullable RunningMlflow shared;

    private final Path folder;
    private final int port;
    private final Map<String, String> environment;
    private final List<String> arguments;
    private @Nullable Process process;

    private RunningMlflow(Path folder, int port, Map<String, String> environment, List<String> arguments) {
        this.folder = folder;
        this.port = port;
        this.environment = environment;
        this.arguments = arguments;
    }

    /** The interpreter with MLflow in it; the test is skipped where there is none, unless on a build server. */
    public static Path python() {
        String named = System.getenv("MLOPS_PYTHON");
        Path python = Path.of(named == null ? "../.venv/bin/python" : named).toAbsolutePath();
        if (System.getenv("CI") == null) {
            assumeTrue(
                    Files.exists(python), "no MLflow here: 'make .venv' installs it, or MLOPS_PYTHON names a Python");
        }
        assertThat(python).exists();
        return python;
    }

    /** One server for all tests that do not harm it; it ends with the tests. */
    public static synchronized RunningMlflow shared() throws IOException, InterruptedException {
        if (shared == null) {
            shared = start(Files.createTempDirectory("mlflow"), Map.of(), List.of());
        }
        return shared;
    }

    /** Starts a server that keeps its database and files in a folder. */
    public static RunningMlflow start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        RunningMlflow server = new RunningMlflow(folder, freePort(), environment, arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        server.start();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, again after {@link #close}. */
    public void start() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                python().toString(),
                "-m",
                "mlflow",
                "server",
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--workers",
                "1",
                "--backend-store-uri",
                "sqlite:///" + folder.resolve("mlflow.db"),
                "--artifacts-destination",
                folder.resolve("files").toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile());
        builder.environment().put("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false");
        builder.environment().remove("MLFLOW_TRACKING_URI");
        builder.environment().putAll(environment);
        process = builder.start();
        awaitHealth();
    }

    private void awaitHealth() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(address() + "/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            assertThat(Objects.requireNonNull(process).isAlive()).as(log()).isTrue();
            try {
                if (client.send(request, BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not yet.
            }
            Thread.sleep(200);
        }
        throw new AssertionError("MLflow did not start:\n" + log());
    }

    private String log() throws IOException {
        Path log = folder.resolve("server.log");
        return Files.exists(log) ? Files.readString(log) : "";
    }

    public String address() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    /** Ends it at once, as a power cut would. */
    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            List<ProcessHandle> all = new ArrayList<>(running.descendants().toList());
            all.add(running.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(each -> each.onExit().join());
            process = null;
        }
    }
}
