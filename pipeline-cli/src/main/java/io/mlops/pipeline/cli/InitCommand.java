package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.data.inference.Inference;
import io.mlops.pipeline.data.inference.InferenceText;
import io.mlops.pipeline.data.inference.InitFiles;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.progress.Progress;
import io.mlops.pipeline.stage.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at an unknown table and writes a configuration for review. */
@Command(
        name = "init",
        description = "Look at a table and write pipeline.yaml and schema.yaml for you to review.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file, folder or glob to look at; - is standard input.")
    @SuppressWarnings("NullAway.Init")
    String file;

    @Option(names = "--target", paramLabel = "COLUMN", description = "The column to predict.")
    @Nullable String target;

    @Option(names = "--positive", paramLabel = "LABEL", description = "The label that counts as the event.")
    @Nullable String positive;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name; the file's where absent.")
    @Nullable String name;

    @Option(names = "--overwrite", description = "Replace a pipeline.yaml and schema.yaml that exist.")
    boolean overwrite;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() {
        Path yaml = project.home.resolve("pipeline.yaml");
        if (Files.exists(yaml) && !overwrite) {
            throw PipelineException.usage(yaml + " exists and may hold changes of yours; replace it with --overwrite");
        }
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("data.source", file);
        Flags.put(flags, "data.target", target);
        Flags.put(flags, "data.positive", positive);
        PipelineConfig config = project.defaults(flags);
        Run run = new Run(project.home, config, project.date(), Progress.NONE);
        Source source = Sources.open(run.locate(file), config.data().format());
        Inference inference = Inference.infer(source, config.data(), target);
        String model = name == null ? modelName(file) : name;
        List<Path> written = InitFiles.write(inference, model, config.seed(), yaml, overwrite);
        outputOptions.console().say(InferenceText.of(inference));
        written.forEach(each -> outputOptions.console().say("wrote " + each));
        outputOptions.console().say("review them, then: mlops run");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "init");
        result.put("status", "done");
        result.put("rows", inference.rows());
        result.put("columns", inference.columns().size());
        result.put("target", inference.target().column());
        result.put("task", inference.target().task().name().toLowerCase(Locale.ROOT));
        result.put("outputs", written.stream().map(Path::toString).toList());
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }

    /** The file's name without its endings, as a model may be called: letters, digits, dash, underscore. */
    private static String modelName(String file) {
        String last = Path.of(file.replace('*', '_')).getFileName().toString();
        String plain = last.replaceFirst("\\..*$", "")
                .replaceAll("[^A-Za-z0-9_-]+", "-")
                .replaceAll("^[-_]+|[-_]+$", "");
        return plain.isEmpty() ? "model" : plain;
    }
}
