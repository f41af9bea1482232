package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.tracking.Tracking;
import io.mlops.pipeline.tracking.Tracking.Delivery;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.TrackingSettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens on the way to a real server, in the end it holds what an undisturbed run gives. The tests mostly wait,
 * so they do it together.
 */
@Execution(ExecutionMode.CONCURRENT)
class MlflowOutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final int TIMEOUT_SECONDS = 2;
    private static final Map<String, String> ENVIRONMENT =
            Map.of("MLFLOW_HTTP_REQUEST_TIMEOUT", Integer.toString(TIMEOUT_SECONDS));

    private static Map<String, String> expected = Map.of();

    @TempDir
    Path folder;

    @BeforeAll
    static void runUndisturbed(@TempDir Path place) throws Exception {
        RunningMlflow server = RunningMlflow.shared();
        TrackingFixture fixture = fixture(place, "undisturbed");
        fixture.run("2026-01-02", server.address(), LONG);
        fixture.run("2026-01-03", server.address(), LONG);
        assertThat(fixture.tracking(server.address()).sync(LONG).problem()).isEmpty();
        expected = content(server, fixture);
        assertThat(expected)
                .containsEntry("2026-01-02-run status", "FINISHED")
                .containsEntry("2026-01-03-run/train/1 tag mlflow.parentRunId", "2026-01-03-run")
                .containsEntry("2026-01-03-run/train/1 parameter parameter.149", "value 149")
                .containsEntry("alias champion", "2")
                .containsKey("2026-01-02-run/train/1 file plots/a b.json")
                .containsKey("version 2 file MLmodel");
        assertThat(expected.keySet().stream().filter(key -> key.contains("metric log_loss")))
                .hasSize(2 * 1100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void requestsThatAreDroppedDelayedCutFailedAndDoubledChangeNothing(long seed) throws Exception {
        RunningMlflow server = RunningMlflow.shared();
        TrackingFixture fixture = fixture(folder, "chaos-" + seed);
        // A request may arrive after it was given up, but not after it was waited for to settle.
        try (ChaosProxy proxy = new ChaosProxy(server.port(), seed, 25, TIMEOUT_SECONDS * 1500)) {
            fixture.run("2026-01-02", proxy.address(), PATIENCE);
            fixture.run("2026-01-03", proxy.address(), PATIENCE);
            proxy.calm();
            Delivery delivery = fixture.tracking(proxy.address()).sync(LONG);
            assertThat(delivery.problem()).isEmpty();
            assertThat(delivery.complete()).isTrue();
            assertThat(proxy.fates()).as("all has happened").hasSize(ChaosProxy.Fate.values().length);
            fixture.await(LONG);
        }
        assertThat(differences(content(server, fixture))).isEmpty();
        assertNothingWaits(fixture);
    }

    @Test
    void aServerThatIsDownOrKilledInTheMiddleMissesNothing() throws Exception {
        Path place = Files.createDirectories(folder.resolve("server"));
        try (RunningMlflow server = RunningMlflow.start(place, Map.of(), java.util.List.of())) {
            TrackingFixture fixture = fixture(folder, "killed");
            server.close();
            long start = System.nanoTime();
            fixture.run("2026-01-02", server.address(), Duration.ofSeconds(60));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("an outage is not waited for")
                    .isLessThan(Duration.ofSeconds(45));
            Delivery away = fixture.tracking(server.address()).deliver(PATIENCE);
            assertThat(away.pending()).isGreaterThan(5);
            assertThat(away.problem()).contains(server.address()).contains("cannot be reached");

            server.start();
            Thread killer = new Thread(() -> {
                try {
                    Thread.sleep(400);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                server.close();
            });
            Tracking sending = fixture.tracking(server.address());
            killer.start();
            sending.deliver(PATIENCE);
            killer.join();
            fixture.run("2026-01-03", server.address(), Duration.ofSeconds(1));
            server.start();
            assertThat(fixture.tracking(server.address()).sync(LONG).problem()).isEmpty();
            fixture.await(LONG);
            assertThat(differences(content(server, fixture))).isEmpty();
            assertNothingWaits(fixture);
        }
    }

    private static TrackingFixture fixture(Path folder, String name) throws IOException {
        return new TrackingFixture(Files.createDirectories(folder.resolve(name)), name, ENVIRONMENT, Mode.SPOOL);
    }

    private static Map<String, String> content(RunningMlflow server, TrackingFixture fixture) throws IOException {
        TrackingSettings settings = new TrackingSettings(Mode.SPOOL, server.address(), null, null, null, Map.of(), 20);
        return new ServerContent(MlflowServer.find(settings, Map.of()).orElseThrow())
                .of(fixture.experiment, fixture.model);
    }

    /** What is not as in the undisturbed run; whole maps are too long to be shown. */
    private static Map<String, String> differences(Map<String, String> actual) {
        Map<String, String> differences = new TreeMap<>();
        Stream.concat(expected.keySet().stream(), actual.keySet().stream())
                .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
                .forEach(key -> differences.put(key, actual.get(key) + " instead of " + expected.get(key)));
        return differences;
    }

    private static void assertNothingWaits(TrackingFixture fixture) throws IOException {
        try (Stream<Path> left = Files.list(fixture.spool())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(".sending", ".writing");
        }
    }
}
