package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.cli.JarCommands.Ended;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.mlflow.MlflowTracking;
import io.mlops.pipeline.tracking.mlflow.RunningMlflow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What registering leaves on a real MLflow server when two runs do it at once, and when it is killed. */
class MlflowRegisterIT {
    private static final String DATE = "2026-01-02";

    /** The requests before or after which the process is killed. */
    private record Moment(String request, boolean answered) {}

    private static final List<Moment> MOMENTS = List.of(
            new Moment("GET .*/experiments/.*", false), // Trained and evaluated; nothing of the registration begun.
            new Moment("PUT .*/bundle.json", false),
            new Moment("POST .*/model-versions/create", true),
            new Moment("POST .*/registered-models/alias", true));

    @TempDir
    Path folder;

    private final String model = "credit" + System.nanoTime();

    @Test
    void aProcessThatIsKilledAtAnyMomentLeavesNothingHalfRegisteredAndIsFinishedByAnother() throws Exception {
        String server = RunningMlflow.shared().address();
        Path evaluated = project("evaluated", "decision_tree");
        assertThat(new JarCommands(evaluated)
                        .run(Map.of(), "run", "--to", "evaluate", "--date", DATE)
                        .code())
                .isZero();
        Files.delete(evaluated.resolve("runs/latest")); // A link, which is no part of the copy.
        for (Moment moment : MOMENTS) {
            Path project = folder.resolve("killed-" + MOMENTS.indexOf(moment));
            Folders.copy(evaluated, project);
            JarCommands jar = new JarCommands(project);
            String experiment = model + "-" + MOMENTS.indexOf(moment);

            CompletableFuture<Process> started = new CompletableFuture<>();
            try (WatchedProxy proxy =
                    new WatchedProxy(HttpServer.create(WatchedProxy.anyPort(), 0), server, (request, answered) -> {
                        if (answered == moment.answered() && request.matches(moment.request())) {
                            started.join().destroyForcibly().onExit().join();
                        }
                    })) {
                Process victim = jar.start(
                        List.of(),
                        environment("http://127.0.0.1:" + proxy.port(), experiment),
                        "register",
                        "--date",
                        DATE);
                started.complete(victim);
                assertThat(victim.waitFor())
                        .as("%s: the process is killed\n%s", moment, jar.words())
                        .isEqualTo(137);
            }
            requireComplete(registry(server));

            Ended again = jar.run(environment(server, experiment), "register", "--date", DATE);
            assertThat(again.code()).as("%s\n%s", moment, again.words()).isZero();
            assertThat(again.result().path("promoted").asBoolean()).isTrue();
            assertThat(again.result().path("promoted_before").asBoolean()).isFalse();
            ModelRegistry registry = registry(server);
            requireComplete(registry);
            assertThat(registry.versions())
                    .as(moment.toString())
                    .singleElement()
                    .satisfies(version -> assertThat(version.digest()).isNotEmpty());
            assertThat(registry.aliases()).as(moment.toString()).isEqualTo(Map.of("champion", 1));
            delete(server);
        }
    }

    @Test
    void twoRunsThatRegisterAtOnceBothArriveAndLeaveOneChampionThatBeatTheOneBefore() throws Exception {
        String server = RunningMlflow.shared().address();
        Map<String, String> environment = environment(server, model);
        JarCommands before = new JarCommands(project("before", "baseline"));
        assertThat(before.run(environment, "run", "--date", "2026-01-01").code())
                .isZero();
        JarCommands one = new JarCommands(project("one", "decision_tree"));
        JarCommands other = new JarCommands(project("other", "logistic_regression"));
        assertThat(atOnce(one, other, environment, "run", "--to", "evaluate", "--date", DATE))
                .allSatisfy(each -> assertThat(each.code()).as(each.words()).isZero());

        List<Ended> ended = atOnce(one, other, environment, "register", "--date", DATE);

        ModelRegistry registry = registry(server);
        requireComplete(registry);
        assertThat(registry.versions()).extracting(ModelVersion::number).containsExactly(1, 2, 3);
        assertThat(ended)
                .allSatisfy(each -> assertThat(each.code()).as(each.words()).isIn(0, 99));
        assertThat(ended.stream().map(each -> each.result().path("version").asInt()))
                .containsExactlyInAnyOrder(2, 3);
        int champion = registry.champion().orElseThrow().number();
        assertThat(ended.stream()
                        .filter(each -> each.result().path("promoted").asBoolean())
                        .map(each -> each.result().path("version").asInt()))
                .contains(champion);
    }

    private static List<Ended> atOnce(
            JarCommands one, JarCommands other, Map<String, String> environment, String... arguments) throws Exception {
        Process first = one.start(List.of(), environment, arguments);
        Process second = other.start(List.of(), environment, arguments);
        return List.of(one.ended(first), other.ended(second));
    }

    private Path project(String name, String family) throws IOException {
        return CreditProject.write(folder.resolve(name), model, family, 0);
    }

    private static Map<String, String> environment(String server, String experiment) {
        return Map.of("MLFLOW_TRACKING_URI", server, "MLFLOW_EXPERIMENT_NAME", experiment);
    }

    /** The registry as a machine sees it that has nothing of it yet. */
    private ModelRegistry registry(String server) throws IOException {
        return MlflowTracking.find(
                        TrackingSettings.defaults(),
                        Map.of("MLFLOW_TRACKING_URI", server),
                        model,
                        Files.createTempDirectory(folder, "elsewhere"),
                        warning -> {})
                .orElseThrow()
                .registry(model);
    }

    /** Every version has all its files, unchanged, also before its history says so; aliases point to nothing else. */
    private static void requireComplete(ModelRegistry registry) {
        for (ModelVersion version : registry.versions()) {
            assertThat(version.digest()).isIn("", Bundle.verify(registry.folder(version.number())));
        }
        assertThat(registry.aliases().values())
                .isSubsetOf(
                        registry.versions().stream().map(ModelVersion::number).toList());
    }

    private void delete(String server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/api/2.0/mlflow/registered-models/delete"))
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString("{\"name\": \"" + model + "\"}"))
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
}
