package io.mlops.pipeline.evaluation.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ChunkRows;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.inference.Inference;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.data.typing.ChunkReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.Table;

/**
 * A table split in two.
 *
 * @param truth the target of each test row
 */
public record SplitTable(io.mlops.pipeline.data.Target target, TableRows train, TableRows test, double[] truth) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads {@code train.csv}, {@code test.csv} and {@code meta.json}. */
    public static SplitTable read(Path folder) {
        JsonNode meta = json(folder.resolve("meta.json"));
        String target = meta.get("target").asText();
        DataSettings plain = DataSettings.defaults();
        DataSettings settings = new DataSettings(
                folder.resolve("train.csv").toString(),
                null,
                plain.format(),
                target,
                Task.valueOf(meta.get("task").asText().toUpperCase(Locale.ROOT)),
                null,
                labels(meta),
                List.of(),
                null,
                null,
                List.of(),
                plain.schema(),
                plain.missing(),
                plain.split(),
                List.of());
        Source source = Sources.open(folder.resolve("train.csv").toString(), plain.format());
        Inference found = Inference.infer(source, settings, target);
        CellFormat format = CellFormat.of(found.settings());
        TargetChoice choice = TargetChoice.of(found.target());
        TableRows train = read(ChunkReader.forLearning(source, found.schema(), format, choice));
        Source later = Sources.open(folder.resolve("test.csv").toString(), plain.format());
        TableRows test = read(ChunkReader.forLearning(later, found.schema(), format, choice));
        return new SplitTable(found.target(), train, test, found.target().values(test.table()));
    }

    private static TableRows read(ChunkReader reader) {
        List<Table> chunks = new ArrayList<>();
        reader.read(chunk -> chunks.add(chunk.rows()));
        Table all = ChunkRows.select(
                chunks.get(0),
                java.util.stream.IntStream.range(0, chunks.get(0).rowCount()).toArray());
        chunks.stream().skip(1).forEach(all::append);
        TableSchema schema = reader.schema();
        return new TableRows(schema, all);
    }

    private static List<String> labels(JsonNode meta) {
        List<String> labels = new ArrayList<>();
        meta.path("labels").forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
