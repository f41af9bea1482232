package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.StringJoiner;

/**
 * What MLflow's Java client cannot do: files, model versions, aliases, logged models and data sets. Every request has a
 * time-out; those that may be repeated are, a few times and with growing pauses.
 */
final class MlflowHttp {
    private static final String API = "/api/2.0/mlflow/";
    private static final String FILES = "/api/2.0/mlflow-artifacts/artifacts";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** An upload may take as long as it does at this speed. */
    private static final long SLOWEST_BYTES_PER_SECOND = 256 * 1024;

    private final MlflowServer server;
    private final HttpClient client;

    MlflowHttp(MlflowServer server) {
        this.server = server;
        Duration connect = server.timeout().compareTo(CONNECT_TIMEOUT) < 0 ? server.timeout() : CONNECT_TIMEOUT;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connect)
                .build();
    }

    /** Whether there is an MLflow server that knows us; asked once, since whoever asks does not want to wait. */
    void probe() {
        send(
                "asking for experiments",
                request(API + "experiments/search" + query(Map.of("max_results", "1")))
                        .GET());
    }

    JsonNode get(String call, Map<String, String> query) {
        return Repetition.whileAway(
                () -> send(call, request(API + call + query(query)).GET()));
    }

    /** A request that does the same however often it is sent. */
    JsonNode post(String call, Object body) {
        return Repetition.whileAway(() -> postOnce(call, body));
    }

    /** A request that makes something new each time, or undoes a later one: never repeated here. */
    JsonNode postOnce(String call, Object body) {
        return send(call, request(API + call).POST(json(body)));
    }

    JsonNode patch(String call, Object body) {
        return Repetition.whileAway(() -> send(call, request(API + call).method("PATCH", json(body))));
    }

    JsonNode delete(String call, Object body) {
        return Repetition.whileAway(() -> deleteOnce(call, body));
    }

    /** As {@link #postOnce}. */
    JsonNode deleteOnce(String call, Object body) {
        return send(call, request(API + call).method("DELETE", json(body)));
    }

    /** Puts a file through the server's artifact proxy; what stands there is replaced. */
    void upload(String path, Path file) {
        Repetition.whileAway(() -> {
            try {
                Duration more = Duration.ofSeconds(Files.size(file) / SLOWEST_BYTES_PER_SECOND);
                return send(
                        "storing " + path,
                        request(FILES + "/" + escaped(path))
                                .timeout(server.timeout().plus(more))
                                .PUT(BodyPublishers.ofFile(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void download(String path, Path file, long size) {
        Repetition.whileAway(() -> {
            Duration more = Duration.ofSeconds(size / SLOWEST_BYTES_PER_SECOND);
            HttpRequest.Builder request = request(FILES + "/" + escaped(path))
                    .timeout(server.timeout().plus(more))
                    .GET();
            return answered("fetching " + path, request, BodyHandlers.ofFile(file));
        });
    }

    /** The files and folders of one folder in the artifact store. */
    JsonNode list(String path) {
        return Repetition.whileAway(() -> send(
                        "listing " + path,
                        request(FILES + query(Map.of("path", path))).GET()))
                .path("files");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(server.timeout());
        String authorization = server.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private JsonNode send(String what, HttpRequest.Builder request) {
        request.header("Content-Type", "application/json");
        return Answers.json(answered(what, request, BodyHandlers.ofString()));
    }

    private <T> T answered(String what, HttpRequest.Builder request, BodyHandler<T> handler) {
        return Repetition.whileCrossed(() -> answeredOnce(what, request, handler));
    }

    private <T> T answeredOnce(String what, HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            // The text of a failure is wanted, whatever the body would become otherwise.
            HttpResponse<Object> response = client.send(
                    request.build(),
                    answer -> answer.statusCode() >= 400
                            ? HttpResponse.BodySubscribers.mapping(
                                    HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
                                    text -> (Object) text)
                            : HttpResponse.BodySubscribers.mapping(handler.apply(answer), body -> (Object) body));
            if (response.statusCode() >= 400) {
                throw Answers.failure(
                        server, what, response.statusCode(), response.body().toString());
            }
            @SuppressWarnings("unchecked")
            T body = (T) response.body();
            return body;
        } catch (IOException e) {
            throw MlflowException.unanswered(server, what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw MlflowException.away("interrupted while waiting for MLflow");
        }
    }

    private static BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(Answers.JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + body.getClass(), e);
        }
    }

    private static String query(Map<String, String> query) {
        StringJoiner text = new StringJoiner("&", "?", "");
        query.forEach((name, value) -> text.add(name + "=" + encoded(value)));
        return query.isEmpty() ? "" : text.toString();
    }

    private static String escaped(String path) {
        StringJoiner escaped = new StringJoiner("/");
        for (String part : path.split("/")) {
            escaped.add(encoded(part));
        }
        return escaped.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
