package io.mlops.pipeline.cli;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The entry point of the jar. */
@Command(
        name = "mlops",
        description = "The daily machine-learning pipeline for tables.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            PrepareDataCommand.class,
            PrepareFeaturesCommand.class,
            TuneCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            RegisterCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            PredictCommand.class,
            SyncCommand.class,
            SampleDataCommand.class,
            DoctorCommand.class,
            GcCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class,
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command and returns its exit code. */
    public static int run(String... args) {
        boolean terminal = Terminal.isInteractive();
        Failures failures = new Failures();
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal ? CommandLine.Help.Ansi.AUTO : CommandLine.Help.Ansi.OFF))
                .registerConverter(LocalDate.class, Main::date)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args);
    }

    private static LocalDate date(String text) {
        try {
            if (text.length() == "2026-01-02".length()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            // Said below, as for any other text.
        }
        throw new TypeConversionException("'" + text + "' is no date such as 2026-01-02");
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }
}
