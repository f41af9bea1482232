package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;
import org.mlflow_project.apachehttp.conn.ConnectTimeoutException;

/** A request that the server did not fulfil. */
final class MlflowException extends RuntimeException {
    static final String EXISTS = "RESOURCE_ALREADY_EXISTS";
    static final String MISSING = "RESOURCE_DOES_NOT_EXIST";
    /** Not one of MLflow's: the request never reached the server. */
    static final String UNSENT = "UNSENT";

    /** Not one of MLflow's: the database has what the request makes, and undid the request. */
    static final String PRESENT = "PRESENT";

    static final String INVALID = "INVALID_PARAMETER_VALUE";

    /** What a repetition would come to. */
    enum Kind {
        /** No answer, or one that says "later": the request may have been carried out, or be so yet. */
        AWAY,
        /** The server will not have us: every request comes to the same. */
        DENIED,
        /** This request is wrong for this server. */
        REFUSED
    }

    private final Kind kind;
    private final int status;
    private final String code;

    MlflowException(Kind kind, int status, String code, String message) {
        super(message);
        this.kind = kind;
        this.status = status;
        this.code = code;
    }

    static MlflowException away(String message) {
        return new MlflowException(Kind.AWAY, 0, "", message);
    }

    /** The failure of a request that got no answer. */
    static MlflowException unanswered(MlflowServer server, String what, Throwable cause) {
        CertificateException untrusted = untrusted(cause);
        if (untrusted != null) {
            return new MlflowException(
                    Kind.DENIED,
                    0,
                    UNSENT,
                    "MLflow at " + server + " has a certificate that Java does not trust here ("
                            + untrusted.getMessage()
                            + "): name a trust store that has it, or its authority, with"
                            + " MLOPS_JAVA_OPTS=\"-Djavax.net.ssl.trustStore=FILE\", and use a host name that it is for");
        }
        boolean unsent = cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof ConnectTimeoutException
                || cause instanceof UnknownHostException;
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new MlflowException(
                Kind.AWAY,
                0,
                unsent ? UNSENT : "",
                "MLflow at " + server + (unsent ? " cannot be reached: " : " gave no answer to " + what + ": ") + why);
    }

    private static @Nullable CertificateException untrusted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException found) {
                return found;
            }
        }
        return null;
    }

    static MlflowException refused(String message) {
        return new MlflowException(Kind.REFUSED, 0, "", message);
    }

    Kind kind() {
        return kind;
    }

    /** Whether the request may have been carried out, or be so yet, although it failed. */
    boolean doubtful() {
        return kind == Kind.AWAY && !code.equals(UNSENT);
    }

    /** The status of the answer; 0 for none. */
    int status() {
        return status;
    }

    /** MLflow's name of the error; empty for none. */
    String code() {
        return code;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** The failure as a person can mend it. */
    PipelineException explained() {
        return new PipelineException(
                kind == Kind.AWAY ? PipelineException.Kind.TEMPORARY : PipelineException.Kind.USAGE, message(), this);
    }
}
