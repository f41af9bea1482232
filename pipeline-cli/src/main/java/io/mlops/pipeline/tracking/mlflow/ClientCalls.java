package io.mlops.pipeline.tracking.mlflow;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.function.Function;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.MlflowHostCredsProvider;
import org.mlflow_project.apachehttp.client.config.RequestConfig;
import org.mlflow_project.apachehttp.impl.client.CloseableHttpClient;
import org.mlflow_project.apachehttp.impl.client.HttpClientBuilder;

/**
 * MLflow's Java client with time-outs.
 *
 * <p>The client of 2.17.2 has none, repeats every failed request three times without a pause, whether or not it makes
 * something new, and hangs for ever on status 429; it also ignores proxies. All of it is decided by a caller that it makes
 * itself, so its caller is replaced. The version is pinned, and a test holds this against a server that never answers.
 */
final class ClientCalls {
    private static final String CALLER = "org.mlflow.tracking.MlflowHttpCaller";

    /** Repeating is decided here, where it is known what a request makes. */
    private static final int ATTEMPTS = 1;

    private final MlflowServer server;
    private final MlflowClient client;

    ClientCalls(MlflowServer server) {
        this.server = server;
        this.client = new MlflowClient(server.credentials());
        int timeout = Math.toIntExact(server.timeout().toMillis());
        CloseableHttpClient http = HttpClientBuilder.create()
                .useSystemProperties()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(Math.min(timeout, 5000))
                        .setConnectionRequestTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        try {
            Constructor<?> constructor = Class.forName(CALLER)
                    .getDeclaredConstructor(
                            MlflowHostCredsProvider.class, int.class, int.class, int.class, CloseableHttpClient.class);
            constructor.setAccessible(true);
            Field caller = MlflowClient.class.getDeclaredField("httpCaller");
            caller.setAccessible(true);
            caller.set(client, constructor.newInstance(server.credentials(), 0, 0, ATTEMPTS, http));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not the MLflow client that the pipeline was built for", e);
        }
    }

    /** One call, once; again only where it crossed with another. */
    <T> T call(String what, Function<MlflowClient, T> call) {
        return Repetition.whileCrossed(() -> callOnce(what, call));
    }

    private <T> T callOnce(String what, Function<MlflowClient, T> call) {
        try {
            return call.apply(client);
        } catch (MlflowHttpException e) {
            throw Answers.failure(server, what, e.getStatusCode(), e.getBodyMessage());
        } catch (MlflowClientException | IllegalStateException e) {
            throw MlflowException.unanswered(server, what, e.getCause() == null ? e : e.getCause());
        }
    }
}
