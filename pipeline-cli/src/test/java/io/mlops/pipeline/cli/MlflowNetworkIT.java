package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.mlops.pipeline.cli.JarCommands.Ended;
import io.mlops.pipeline.tracking.mlflow.RunningMlflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MLflow server behind TLS and behind proxies, by the system properties of Java. */
class MlflowNetworkIT {
    private static final String PASSWORD = "changeit";
    /** A name that no resolver knows: whoever reaches it went through a proxy. */
    private static final String NAME = "mlflow.invalid";

    @TempDir
    Path folder;

    private String server = "";
    private JarCommands jar = new JarCommands(Path.of(""));

    @BeforeEach
    void makeProject() throws Exception {
        server = RunningMlflow.shared().address();
        jar = new JarCommands(
                CreditProject.write(folder.resolve("project"), "network" + System.nanoTime(), "baseline", 0));
    }

    @Test
    void tlsNeedsATrustStoreThatHasTheCertificateAndSaysSoWhereItHasNone() throws Exception {
        try (WatchedProxy tls = tls()) {
            Map<String, String> address = Map.of("MLFLOW_TRACKING_URI", "https://localhost:" + tls.port());

            Ended stranger = run(List.of(), address);
            assertThat(stranger.code()).as(stranger.words()).isEqualTo(2);
            assertThat(stranger.result().path("error").asText())
                    .contains("certificate", "-Djavax.net.ssl.trustStore", "MLOPS_JAVA_OPTS");
            assertThat(jar.project().resolve("runs")).doesNotExist();

            Ended trusted = run(trust(), address);
            assertThat(trusted.code()).as(trusted.words()).isZero();
            assertThat(trusted.result().path("version").asInt()).isEqualTo(1);
            assertThat(trusted.words()).doesNotContain("MLflow at", "entries of the record");

            Ended otherName = run(trust(), Map.of("MLFLOW_TRACKING_URI", "https://127.0.0.1:" + tls.port()));
            assertThat(otherName.code()).as(otherName.words()).isEqualTo(2);
            assertThat(otherName.result().path("error").asText()).contains("certificate", "127.0.0.1");
        }
    }

    @Test
    void theProxyOfTheSystemPropertiesIsUsedWithAndWithoutTls() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (WatchedProxy proxy = new WatchedProxy(
                HttpServer.create(WatchedProxy.anyPort(), 0), server, (request, answered) -> seen.add(request))) {
            Ended plain = run(
                    List.of("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=" + proxy.port()),
                    Map.of("MLFLOW_TRACKING_URI", "http://" + NAME),
                    "--to",
                    "prepare-data");
            assertThat(plain.code()).as(plain.words()).isZero();
            assertThat(plain.words()).doesNotContain("MLflow at", "entries of the record");
            assertThat(seen).anyMatch(each -> each.contains("runs/create"));
            assertThat(seen).anyMatch(each -> each.contains("mlflow-artifacts"));
        }
        try (WatchedProxy tls = tls();
                TunnelProxy tunnel = new TunnelProxy(tls.port())) {
            List<String> options = new ArrayList<>(trust());
            options.addAll(List.of("-Dhttps.proxyHost=127.0.0.1", "-Dhttps.proxyPort=" + tunnel.port()));
            Ended secret = run(options, Map.of("MLFLOW_TRACKING_URI", "https://" + NAME), "--to", "prepare-data");
            assertThat(secret.code()).as(secret.words()).isZero();
            assertThat(secret.words()).doesNotContain("MLflow at", "entries of the record");
            assertThat(secret.result().path("tracking_url").asText()).startsWith("https://" + NAME);
            assertThat(tunnel.asked()).isNotEmpty().allMatch(each -> each.startsWith("CONNECT " + NAME + ":443 "));
        }
    }

    private Ended run(List<String> options, Map<String, String> environment, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--date", "2026-01-02"));
        arguments.addAll(List.of(more));
        return jar.run(options, environment, arguments.toArray(String[]::new));
    }

    private List<String> trust() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve("server.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    /** The server behind TLS, with a certificate of its own making. */
    private WatchedProxy tls() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("server.p12");
        if (!Files.exists(store)) {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool") + "",
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + NAME,
                            "-ext",
                            "SAN=dns:localhost,dns:" + NAME,
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            store.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            assertThat(keytool.waitFor())
                    .as(Files.readString(folder.resolve("keytool.log")))
                    .isZero();
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer https = HttpsServer.create(WatchedProxy.anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return new WatchedProxy(https, server, (request, answered) -> {});
    }
}
