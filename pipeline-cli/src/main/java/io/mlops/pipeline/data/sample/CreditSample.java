package io.mlops.pipeline.data.sample;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A made-up table of loan applications, as a bank would export it: with an id, dates, gaps, junk cells, interactions
 * between columns, and few defaults. The same settings give the same bytes.
 *
 * @param rows the rows of each day
 * @param days the days, each a file of its own; a single day is one file with the applications of a year
 * @param from the first day
 * @param drift how far applicants shift from each day to the next, in standard deviations
 * @param task what the target is: default (binary), rating (multiclass) or interest_rate (regression)
 * @param seed the seed of all draws
 */
public record CreditSample(long rows, int days, LocalDate from, double drift, Task task, long seed) {

    /** Reports every setting that is out of bounds. */
    public CreditSample {
        List<String> problems = new ArrayList<>();
        if (rows < 1) {
            problems.add("rows is " + rows + "; it must be at least 1");
        }
        if (days < 1 || days > 100_000) {
            problems.add("days is " + days + "; it must be from 1 to 100000");
        }
        if (!(Math.abs(drift) <= 1)) {
            problems.add("drift is " + drift + "; it must be from -1 to 1");
        }
        if (from.getYear() < 1900 || from.getYear() > 9000) {
            problems.add("the first day is " + from + "; its year must be from 1900 to 9000");
        }
        if (!problems.isEmpty()) {
            throw PipelineException.usage("Sample data: " + String.join("; ", problems) + ".");
        }
    }

    public static CreditSample defaults() {
        return new CreditSample(1000, 1, LocalDate.of(2026, 1, 1), 0, Task.BINARY, 42);
    }

    public CreditSample withRows(long value) {
        return new CreditSample(value, days, from, drift, task, seed);
    }

    public CreditSample withTask(Task value) {
        return new CreditSample(rows, days, from, drift, value, seed);
    }

    /** The name of the column to predict. */
    public String target() {
        return CreditTable.target(task);
    }

    /**
     * Writes the table and returns the files: a single day to the file of that name (or into it, where it is a folder),
     * several days into a folder, one file each, named by date.
     */
    public List<Path> write(Path output) throws IOException {
        if (days > 1) {
            Files.createDirectories(output);
        }
        List<Path> files = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            files.add(write(from.plusDays(day), output));
        }
        return files;
    }

    /** Writes one day of these to a file, or into a folder: the bytes that {@link #write(Path)} gives that day. */
    public Path write(LocalDate date, Path output) throws IOException {
        long day = ChronoUnit.DAYS.between(from, date);
        if (day < 0 || day >= days) {
            throw PipelineException.usage(
                    "Sample data: " + date + " is none of the " + days + " days from " + from + ".");
        }
        Path file = Files.isDirectory(output) ? output.resolve(date + ".csv") : output;
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            write((int) day, out);
        }
        return file;
    }

    /** Writes the table of one day, counted from 0; does not close the stream. */
    public void write(int day, OutputStream out) throws IOException {
        TableWriter.write(new CreditTable(this, day), rows, seed + day, out);
    }
}
