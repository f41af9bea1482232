package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.mlops.pipeline.tracking.mlflow.MlflowException.Kind;
import java.util.Locale;

/** Reads what the server answers. */
final class Answers {
    static final ObjectMapper JSON = new ObjectMapper();

    /** SQLAlchemy's name for a row that is there already; MLflow passes it on with status 400. */
    private static final String INTEGRITY = "IntegrityError";

    private Answers() {}

    static JsonNode json(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The failure behind an answer of status 400 or more. */
    static MlflowException failure(MlflowServer server, String what, int status, String body) {
        JsonNode json = json(body);
        String code = json.path("error_code").asText("");
        String said = json.path("message").asText(shortened(body));
        String where = "MLflow at " + server + ": " + what + " was answered " + status;
        if (status == 401) {
            return new MlflowException(
                    Kind.DENIED,
                    status,
                    code,
                    where + ": it does not know us; set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or"
                            + " MLFLOW_TRACKING_TOKEN, to what it accepts");
        }
        if (status == 403) {
            boolean host = body.toLowerCase(Locale.ROOT).contains("host header");
            return new MlflowException(
                    Kind.DENIED,
                    status,
                    code,
                    host
                            ? where
                                    + ": it does not answer to this name; start it with --allowed-hosts and the host and"
                                    + " port that clients use"
                            : where + ": we may not do this; give the user the permission (" + said + ")");
        }
        if (status == 429 || status >= 500) {
            return new MlflowException(Kind.AWAY, status, code, where + " (" + said + ")");
        }
        if (status == 404 && code.isEmpty()) {
            return new MlflowException(Kind.REFUSED, status, code, where + ": there is no such thing on this server");
        }
        if (said.contains(INTEGRITY) && !code.equals(MlflowException.EXISTS)) {
            return new MlflowException(Kind.REFUSED, status, MlflowException.PRESENT, where + ": " + said);
        }
        return new MlflowException(Kind.REFUSED, status, code, where + ": " + said);
    }

    private static String shortened(String body) {
        String text = body.strip().replaceAll("\\s+", " ");
        return text.length() > 300 ? text.substring(0, 300) + "…" : text;
    }
}
