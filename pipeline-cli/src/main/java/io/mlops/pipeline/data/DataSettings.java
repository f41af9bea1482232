package io.mlops.pipeline.data;

import io.mlops.pipeline.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code data} part of {@code pipeline.yaml}. */
public record DataSettings(
        @Setting(
                "The file, folder or glob to read; {date} stands for the run's date, as in data/{date}.csv; - is standard"
                        + " input.")
        @Nullable String source,

        @Setting("A file with the target alone, row beside row with the source; where absent the source has it.")
        @Nullable String targetFile,

        @Setting("How the file is written.") FormatSettings format,
        @Setting("The column to predict.") @Nullable String target,

        @Setting("What is learned; found from the data where absent.") @Nullable Task task,

        @Setting("The label that counts as the event in a binary task; the rarer one where absent.") @Nullable String positive,

        @Setting("The labels that count; rows with any other are rejected. All where empty.")
        List<String> labels,

        @Setting("Columns that are copied to the predictions and never learned from.")
        List<String> id,

        @Setting("The column that orders the rows in time.") @Nullable String time,

        @Setting("The column whose equal values must stay on one side of every split.") @Nullable String group,

        @Setting("Columns that nothing reads.") List<String> ignore,

        @Setting("The file with the schema; columns are inferred where it does not exist.")
        String schema,

        @Setting("The tokens that mean a missing value, in any case; the empty cell always does.")
        List<String> missing,

        @Setting("How test rows are set aside.") SplitSettings split,

        @Setting("Rules that the table as a whole must keep.")
        List<Expectation> expectations) {

    public DataSettings {
        labels = List.copyOf(labels);
        id = List.copyOf(id);
        ignore = List.copyOf(ignore);
        missing = List.copyOf(missing);
        expectations = List.copyOf(expectations);
    }

    public static DataSettings defaults() {
        return new DataSettings(
                null,
                null,
                FormatSettings.defaults(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                "schema.yaml",
                List.of("NA", "N/A", "#N/A", "NaN", "null", "None", "nil", "?", "-", "missing"),
                SplitSettings.defaults(),
                List.of());
    }

    /** How a text file is written. */
    public record FormatSettings(
            @Setting("The delimiter, one character or tab; found from the file where absent.") @Nullable String delimiter,

            @Setting("The encoding; found from the file where absent.") @Nullable String encoding,

            @Setting("Whether the first line names the columns; found from the file where absent.") @Nullable Boolean header,

            @Setting(
                    value = "The decimal mark of numbers.",
                    choices = {".", ","})
            String decimal) {
        public static FormatSettings defaults() {
            return new FormatSettings(null, null, null, ".");
        }
    }

    /** How test rows are set aside. */
    public record SplitSettings(
            @Setting(value = "The share of rows in the test set; 0 trains on every row.", min = 0, max = 0.9)
            double test,

            @Setting("Which rows are set aside: random (stratified by the target), time (the newest), group.")
            By by,

            @Setting("A file that holds the test rows; replaces the split.") @Nullable String testFile,

            @Setting("A file with the target of the test file alone.") @Nullable String testTargetFile) {
        /** What decides the side a row falls on. */
        public enum By {
            RANDOM,
            TIME,
            GROUP
        }

        public static SplitSettings defaults() {
            return new SplitSettings(0.2, By.RANDOM, null, null);
        }
    }

    /** A rule for the table as a whole. */
    public record Expectation(
            @Setting(
                    value = "The rule.",
                    choices = {
                        "min_rows",
                        "max_rows",
                        "max_duplicates",
                        "max_rejected",
                        "max_missing",
                        "max_junk",
                        "min_class_share"
                    })
            String rule,

            @Setting("The bound.") double value,

            @Setting("Whether a violation only warns, or fails the batch.")
            Severity severity) {
        public static Expectation defaults() {
            return new Expectation("min_rows", 1, Severity.FAIL);
        }
    }
}
