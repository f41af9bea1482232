package io.mlops.pipeline.cli;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.PipelineConfig;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.stage.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks whether the pipeline can work here. */
@Command(
        name = "doctor",
        description = "Check Java, memory, disk, the native library, the configuration and the source.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final long LEAST_DISK = 1_000_000_000;
    private static final long LEAST_HEAP = 500_000_000;

    @Mixin
    ProjectOptions project = new ProjectOptions();

    @Mixin
    OutputOptions outputOptions = new OutputOptions();

    private final List<String> problems = new ArrayList<>();

    @Override
    public Integer call() {
        check("java", () -> System.getProperty("java.version") + " from " + System.getProperty("java.home"));
        check("memory", DoctorCommand::memory);
        check("disk", this::disk);
        check("native library", NativeLibrary::check);
        check("configuration", this::configuration);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("stage", "doctor");
        result.put("status", problems.isEmpty() ? "done" : "failed");
        result.put("problems", problems);
        outputOptions.console().result(result);
        return problems.isEmpty() ? ExitCode.DONE.code() : ExitCode.USAGE.code();
    }

    private void check(String what, Callable<String> check) {
        String finding;
        boolean good = false;
        try {
            finding = check.call();
            good = true;
        } catch (PipelineException e) {
            finding = e.message();
        } catch (Exception | LinkageError e) {
            finding = e.toString();
        }
        if (!good) {
            problems.add(what + ": " + finding);
        }
        outputOptions.console().say(String.format("%-4s %-15s %s", good ? "ok" : "BAD", what, finding));
    }

    private static String memory() {
        long heap = Runtime.getRuntime().maxMemory();
        String text = String.format(
                Locale.ROOT,
                "up to %.1f GB of heap, %d processors",
                heap / 1e9,
                Runtime.getRuntime().availableProcessors());
        if (heap < LEAST_HEAP) {
            throw PipelineException.usage(text + "; give Java at least 0.5 GB with -Xmx512m");
        }
        return text;
    }

    private String disk() throws IOException {
        Path home = project.home.toAbsolutePath();
        Path probe = Files.createTempFile(home, ".mlops-doctor", ".tmp");
        Files.delete(probe);
        long free = Files.getFileStore(home).getUsableSpace();
        String text = String.format(Locale.ROOT, "%.1f GB free in %s, which can be written", free / 1e9, home);
        if (free < LEAST_DISK) {
            throw PipelineException.usage(text + "; free at least 1 GB, 'mlops gc' helps");
        }
        return text;
    }

    private String configuration() {
        Run run = project.open(Map.of(), outputOptions.console());
        PipelineConfig config = run.config();
        String source = config.data().source();
        if (source == null) {
            return "valid; it names no source (write one with 'mlops init')";
        }
        if (source.equals(Sources.STANDARD_INPUT)) {
            return "valid; rows come from standard input";
        }
        int columns = Sources.open(run.locate(source), config.data().format())
                .columns()
                .size();
        return "valid; " + source + " has " + columns + " columns";
    }
}
