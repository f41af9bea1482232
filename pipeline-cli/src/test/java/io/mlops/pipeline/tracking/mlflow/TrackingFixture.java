package io.mlops.pipeline.tracking.mlflow;

import io.mlops.pipeline.evaluation.Verdict.Outcome;
import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.RunUpdate;
import io.mlops.pipeline.tracking.RunUpdate.DatasetUse;
import io.mlops.pipeline.tracking.RunUpdate.Status;
import io.mlops.pipeline.tracking.SmallBundle;
import io.mlops.pipeline.tracking.Tracking;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.TrackingSettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A project that records runs, without the work that they would record. */
final class TrackingFixture {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    final Path folder;
    final String experiment;
    final String model;
    final List<String> warnings = new ArrayList<>();
    private final List<Tracking> processes = new ArrayList<>();
    private final Map<String, String> environment;
    private final Mode mode;

    TrackingFixture(Path folder, String name, Map<String, String> environment, Mode mode) {
        this.folder = folder;
        this.experiment = name;
        this.model = name;
        this.environment = environment;
        this.mode = mode;
    }

    /** A new process of the project, so to speak: it knows what is on the disk only. */
    Tracking tracking(String address) {
        TrackingSettings settings = new TrackingSettings(mode, address, null, experiment, null, Map.of(), 60);
        Tracking tracking = MlflowTracking.find(settings, environment, model, folder.resolve(".mlops"), warnings::add)
                .orElseThrow();
        processes.add(tracking);
        return tracking;
    }

    /** Waits until the processes so far have nothing to do any more, as those that have ended. */
    void await(Duration timeout) {
        processes.forEach(process -> process.deliver(timeout));
    }

    Path spool() {
        return folder.resolve(".mlops/spool");
    }

    /** Records a run of a date that trains a model which wins, as three processes would. */
    void run(String date, String address, Duration patience) throws IOException {
        String root = date + "-run";
        Tracking first = tracking(address);
        first.record(update(root, null, date).tag("pipeline.date", date).running());
        first.record(update(root + "/train/1", root, "train").running());
        RunUpdate.Builder train = update(root + "/train/1", root, "train");
        for (int i = 0; i < 150; i++) {
            train.parameter("parameter." + i, "value " + i);
        }
        for (int round = 0; round < 1100; round++) {
            train.metric("log_loss", 1.0 / (round + 1), round, START.plusSeconds(round));
        }
        train.metric("not_a_number", Double.NaN, START);
        Path file = Files.writeString(folder.resolve(date + ".json"), "{\"date\": \"" + date + "\"}");
        train.artifact("manifest.json", file).artifact("plots/a b.json", file);
        train.dataset(new DatasetUse(
                "training", "rows.csv", "0123456789abcdef", "rows.csv", Map.of("x", "double"), Map.of("num_rows", 7)));
        first.record(train.ended(Status.FINISHED, START.plusSeconds(60)));
        first.deliver(patience);

        Tracking second = tracking(address);
        second.record(update(root, null, date).metric("auc", 0.8, START).running());
        second.record(update(root + "/register/2", root, "register").running());
        ModelRegistry registry = second.registry(model);
        Integer champion = date.endsWith("2") ? null : 1;
        registry.submit(
                SmallBundle.write(Files.createTempDirectory(folder, "bundle"), date),
                new Registration(date, root, "ann", "better", Outcome.BETTER, Map.of("auc", 0.8), "**good**"),
                champion,
                true);
        second.record(update(root + "/register/2", root, "register").ended(Status.FINISHED, START.plusSeconds(90)));
        second.deliver(patience);

        Tracking third = tracking(address);
        third.record(update(root, null, date)
                .tag("mlflow.note.content", "**done**")
                .ended(Status.FINISHED, START.plusSeconds(100)));
        third.deliver(patience);
    }

    private static RunUpdate.Builder update(String key, @org.jspecify.annotations.Nullable String parent, String name) {
        return RunUpdate.builder(key, parent, name, START);
    }
}
