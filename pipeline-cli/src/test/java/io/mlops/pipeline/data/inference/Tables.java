package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small tables in temporary files, for tests. */
final class Tables {
    private Tables() {}

    /** Opens a table that is written to a file of the folder. */
    static Source source(Path folder, String text) {
        try {
            Path file = Files.createTempFile(folder, "table", ".csv");
            Files.writeString(file, text);
            return Sources.open(file.toString(), FormatSettings.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table of a header and as many rows as wanted. */
    static String rows(String header, int count, IntFunction<String> row) {
        return header + "\n" + IntStream.range(0, count).mapToObj(row).collect(Collectors.joining("\n")) + "\n";
    }

    /** The default settings with other choices about the target. */
    static DataSettings settings(@Nullable String positive, List<String> labels, List<String> ignore) {
        DataSettings defaults = DataSettings.defaults();
        return new DataSettings(
                null,
                null,
                defaults.format(),
                null,
                null,
                positive,
                labels,
                List.of(),
                null,
                null,
                ignore,
                defaults.schema(),
                defaults.missing(),
                defaults.split(),
                List.of());
    }
}
