package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.sample.CreditSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates demo data. */
@Command(
        name = "sample-data",
        description = "Generate a realistic credit table: the same bytes for the same seed.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class SampleDataCommand implements Callable<Integer> {
    private static final CreditSample DEFAULTS = CreditSample.defaults();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "PATH",
            description = "The file to write, or the folder where there are several days.")
    @SuppressWarnings("NullAway.Init")
    Path output;

    @Option(names = "--rows", paramLabel = "N", description = "Rows (per day); ${DEFAULT-VALUE} where absent.")
    long rows = DEFAULTS.rows();

    @Option(names = "--days", paramLabel = "N", description = "Days, one file each; one where absent.")
    int days = DEFAULTS.days();

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "Write this one of the days alone, as a new day's file arrives.")
    @Nullable LocalDate date;

    @Option(names = "--from", paramLabel = "DATE", description = "The first day; ${DEFAULT-VALUE} where absent.")
    LocalDate from = DEFAULTS.from();

    @Option(
            names = "--drift",
            paramLabel = "X",
            description = "How far applicants shift from each day to the next, in standard deviations; 0 where absent.")
    double drift = DEFAULTS.drift();

    @Option(names = "--task", paramLabel = "TASK", description = "binary, multiclass or regression.")
    Task task = DEFAULTS.task();

    @Option(names = "--seed", paramLabel = "N", description = "Decides every value; ${DEFAULT-VALUE} where absent.")
    long seed = DEFAULTS.seed();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    @Override
    public Integer call() throws IOException {
        CreditSample sample;
        try {
            sample = new CreditSample(rows, days, from, drift, task, seed);
        } catch (IllegalArgumentException e) {
            throw PipelineException.usage(String.valueOf(e.getMessage()));
        }
        List<Path> files = date == null ? sample.write(output) : List.of(sample.write(date, output));
        outputOptions
                .console()
                .say("wrote " + rows + " rows each into " + files.size() + " file" + (files.size() == 1 ? "" : "s")
                        + ": " + files.get(0) + (files.size() > 1 ? " …" : "") + "; the target is '" + sample.target()
                        + "'");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "sample-data");
        result.put("status", "done");
        result.put("rows", rows * files.size());
        result.put("target", sample.target());
        result.put(
                "outputs", Map.of("files", files.size(), "first", files.get(0).toString()));
        outputOptions.console().result(result);
        return ExitCode.DONE.code();
    }
}
