package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.PrepareDataStage;
import io.mlops.pipeline.stage.PrepareFeaturesStage;
import io.mlops.pipeline.stage.ProcessedFiles;
import io.mlops.pipeline.stage.Run;
import io.mlops.pipeline.stage.Stage;
import io.mlops.pipeline.stage.TrainStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a model. */
@Command(
        name = TrainStage.NAME,
        description = "Cross-validate a model, fit it on all training rows, write the bundle.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class TrainCommand extends StageCommand implements Callable<Integer> {
    @Mixin
    TrainOptions train = new TrainOptions();

    @Option(
            names = "--X-train",
            paramLabel = "FILE",
            description = "Training rows; those of prepare-data where absent.")
    @Nullable String rows;

    @Option(names = "--y-train", paramLabel = "FILE", description = "Their target; y.csv beside them where absent.")
    @Nullable String target;

    @Option(
            names = "--preprocessor",
            paramLabel = "FILE",
            description = "A fitted preprocessor; that of prepare-features where absent.")
    @Nullable String preprocessor;

    @Option(names = "--no-smote", description = "Make up no rows of rare classes.")
    boolean noSmote;

    @Option(names = "--smote-method", paramLabel = "METHOD", description = "SMOTE or BorderlineSMOTE.")
    @Nullable String smoteMethod;

    @Option(names = "--no-evaluate", description = "Do not cross-validate.")
    boolean noEvaluate;

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "The name of the model; also copies the bundle to models/NAME/candidate.")
    @Nullable String output;

    @Option(names = "--model-version", paramLabel = "LABEL", description = "A label of your own, kept in the bundle.")
    @Nullable String modelVersion;

    @Override
    public Integer call() {
        Map<String, String> flags = flags();
        Run usual = project.open(flags, outputOptions.console());
        train.check(usual.config());
        List<Stage> stages = new ArrayList<>();
        Run run = usual;
        if (rows != null && !new ProcessedFiles(usual).isOwn(rows)) {
            String beside = target == null ? ProcessedFiles.targetBeside(usual, rows) : target;
            flags.putAll(ProcessedFiles.keysFor(usual, rows, beside, null));
            run = project.open(flags, outputOptions.console());
            stages.add(new PrepareDataStage());
            stages.add(new PrepareFeaturesStage());
        } else if (usual.manifest(PrepareFeaturesStage.NAME).isEmpty()
                && usual.manifest(PrepareDataStage.NAME).isPresent()) {
            stages.add(new PrepareFeaturesStage());
        }
        stages.add(new TrainStage());
        Run chosen = run;
        return execute(run, stages, false, false, manifests -> {
            if (output != null || project.hasNoConfiguration()) {
                outputOptions.console().say("  wrote " + new ProcessedFiles(chosen).writeCandidate());
            }
        });
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>(train.flags());
        Flags.put(flags, "name", output != null ? output : project.hasNoConfiguration() ? train.model() : null);
        Flags.put(flags, "train.preprocessor", preprocessor);
        Flags.put(flags, "train.label", modelVersion);
        if (smoteMethod != null) {
            flags.put("train.imbalance", imbalance(smoteMethod));
        }
        if (noSmote) {
            flags.put("train.imbalance", "none");
        }
        if (noEvaluate) {
            flags.put("train.cross_validation.folds", "0");
        }
        return flags;
    }

    private static String imbalance(String method) {
        return switch (method.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "smote" -> "smote";
            case "borderlinesmote" -> "borderline_smote";
            default -> method;
        };
    }
}
