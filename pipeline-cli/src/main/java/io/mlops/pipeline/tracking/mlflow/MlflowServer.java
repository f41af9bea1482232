package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.TrackingSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/**
 * Where the server is, and who we are to it.
 *
 * @param address without a slash at the end
 * @param pages what links for people begin with, without a slash at the end
 * @param timeout of one request; an upload gets more by its size
 */
record MlflowServer(
        String address,
        String pages,
        @Nullable String user,
        @Nullable String password,
        @Nullable String token,
        Duration timeout) {
    /** MLflow's own names, so that what is set for its other clients holds here too. */
    static final String URI_VARIABLE = "MLFLOW_TRACKING_URI";

    private static final String PUBLIC_URI_VARIABLE = "MLOPS_MLFLOW_PUBLIC_URI";

    static final String EXPERIMENT_VARIABLE = "MLFLOW_EXPERIMENT_NAME";

    private static final String TIMEOUT_VARIABLE = "MLFLOW_HTTP_REQUEST_TIMEOUT";
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(20);

    /** The server that is configured; none where none is. */
    static Optional<MlflowServer> find(TrackingSettings settings, Map<String, String> environment) {
        String uri = settings.uri() != null ? settings.uri() : environment.getOrDefault(URI_VARIABLE, "");
        if (uri.isBlank()) {
            return Optional.empty();
        }
        String address = address(uri.strip());
        String pages =
                settings.publicUri() != null ? settings.publicUri() : environment.getOrDefault(PUBLIC_URI_VARIABLE, "");
        return Optional.of(new MlflowServer(
                address,
                pages.isBlank() ? address : address(pages.strip()),
                given(environment, "MLFLOW_TRACKING_USERNAME"),
                given(environment, "MLFLOW_TRACKING_PASSWORD"),
                given(environment, "MLFLOW_TRACKING_TOKEN"),
                timeout(environment)));
    }

    private static String address(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw PipelineException.usage("the MLflow address '" + text + "' cannot be read: " + e.getReason());
        }
        if (uri.getUserInfo() != null) {
            throw PipelineException.usage("the MLflow address holds a user name or password: take them out and set"
                    + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw PipelineException.usage(
                    "the MLflow address '" + text + "' is not that of a server: it must begin with"
                            + " http:// or https:// (a folder or database is MLflow's own affair: start 'mlflow server' on it)");
        }
        return text.replaceAll("/+$", "");
    }

    private static Duration timeout(Map<String, String> environment) {
        String text = given(environment, TIMEOUT_VARIABLE);
        if (text == null) {
            return USUAL_TIMEOUT;
        }
        try {
            return Duration.ofSeconds(Math.max(1, Integer.parseInt(text.strip())));
        } catch (NumberFormatException e) {
            throw PipelineException.usage(TIMEOUT_VARIABLE + "='" + text + "' is not a number of seconds");
        }
    }

    private static @Nullable String given(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** After this time a request without an answer has been carried out or never will be. */
    Duration settling() {
        return timeout.multipliedBy(2);
    }

    /** The header that says who we are; null for nobody. */
    @Nullable String authorization() {
        if (user != null && password != null) {
            byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(pair);
        }
        return token == null ? null : "Bearer " + token;
    }

    BasicMlflowHostCreds credentials() {
        if (user != null && password != null) {
            return new BasicMlflowHostCreds(address, user, password);
        }
        return token != null ? new BasicMlflowHostCreds(address, token) : new BasicMlflowHostCreds(address);
    }

    /** The page of a run. */
    String page(String experimentId, String runId) {
        return pages + "/#/experiments/" + experimentId + "/runs/" + runId + "?workflowType=machine_learning";
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return address;
    }
}
