package io.mlops.pipeline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the jar. */
@Command(name = "mlops", description = "The daily machine-learning pipeline for tables.")
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit code. */
    public static int run(String... args) {
        return new CommandLine(new Main()).execute(args);
    }
}
