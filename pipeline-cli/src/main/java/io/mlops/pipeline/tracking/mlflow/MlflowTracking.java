package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.Tracking;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.TrackingSettings.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs and models on an MLflow server. */
public final class MlflowTracking implements Tracking {
    private final MlflowServer server;
    private final TrackingSettings settings;
    private final String experiment;
    private final Path hidden;
    private final Consumer<String> warnings;
    private final Spool spool;
    private final RunStore runs;
    private final MlflowHttp http;
    private final Courier courier;
    private final Map<String, ModelRegistry> registries = new ConcurrentHashMap<>();

    private MlflowTracking(
            MlflowServer server, TrackingSettings settings, String experiment, Path hidden, Consumer<String> warnings) {
        this.server = server;
        this.settings = settings;
        this.experiment = experiment;
        this.hidden = hidden;
        this.warnings = warnings;
        this.spool = new Spool(hidden.resolve("spool"));
        this.runs = new RunStore(server);
        this.http = new MlflowHttp(server);
        this.courier = new Courier(spool, server, runs, http);
    }

    /**
     * The server that is configured; none where none is.
     *
     * @param model the name of the model, which is the experiment's where none is given
     * @param hidden the folder for what waits and what was fetched
     * @param warnings hears what a person should know
     */
    public static Optional<Tracking> find(
            TrackingSettings settings,
            Map<String, String> environment,
            String model,
            Path hidden,
            Consumer<String> warnings) {
        if (settings.mode() == Mode.OFF) {
            return Optional.empty();
        }
        String experiment = settings.experiment() != null
                ? settings.experiment()
                : environment.getOrDefault(MlflowServer.EXPERIMENT_VARIABLE, model);
        return MlflowServer.find(settings, environment)
                .map(server -> new MlflowTracking(server, settings, experiment, hidden, warnings));
    }

    @Override
    public void check() {
        try {
            http.probe();
            runs.findExperiment(experiment);
        } catch (MlflowException e) {
            if (e.kind() == MlflowException.Kind.REFUSED) {
                throw PipelineException.usage(e.message() + "; is " + server + " an MLflow server?");
            }
            if (e.kind() == MlflowException.Kind.DENIED || required()) {
                throw e.explained();
            }
            warnings.accept(e.message() + "; the record is kept here and sent later");
        }
    }

    @Override
    public void record(RunUpdate update) {
        spool.change(update.root(), run -> run.append(experiment, update));
        courier.wake();
    }

    /** Keeps a bundle to be registered, and waits until it is, or the server is away. */
    Delivery submit(Path bundle, SpoolEvent.ModelEvent event) {
        String runKey = event.registration().runKey();
        spool.change(runKey == null ? event.key() : runKey, run -> run.append(experiment, bundle, event));
        return deliver(timeout());
    }

    @Override
    public Delivery deliver(Duration timeout) {
        return courier.deliver(timeout, required());
    }

    @Override
    public Delivery sync(Duration timeout) {
        return courier.sync(timeout);
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(settings.timeoutSeconds());
    }

    @Override
    public boolean required() {
        return settings.mode() == Mode.REQUIRED;
    }

    @Override
    public Optional<String> url(String runKey) {
        return courier.runId(runKey)
                .flatMap(id -> runs.knownExperiment(experiment).map(each -> server.page(each, id)));
    }

    @Override
    public ModelRegistry registry(String name) {
        return registries.computeIfAbsent(
                name, each -> new MlflowModelRegistry(each, this, http, hidden.resolve("mlflow"), warnings));
    }
}
