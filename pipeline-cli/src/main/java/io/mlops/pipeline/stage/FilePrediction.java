package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Scores;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.ColumnValues;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.store.CsvRecords;
import io.mlops.pipeline.data.typing.Chunk;
import io.mlops.pipeline.data.typing.ChunkReader;
import io.mlops.pipeline.data.typing.Reject;
import io.mlops.pipeline.evaluation.Metrics;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.model.Region;
import io.mlops.pipeline.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.util.ResizableDoubleArray;
import org.jspecify.annotations.Nullable;

/** Scores a file chunk by chunk: one line per input row, in input order, whole or not at all. */
public final class FilePrediction {
    private final Bundle bundle;
    private final boolean probabilities;
    private final @Nullable Region region;
    private final Progress progress;
    private final List<String> ids;
    private long scored;
    private long failed;

    /**
     * Prepares the scoring of one file.
     *
     * @param probabilities whether one probability per class is written beside the prediction
     * @param region the intervals or sets of classes that are written, too; null for none
     */
    public FilePrediction(Bundle bundle, boolean probabilities, @Nullable Region region, Progress progress) {
        this.bundle = bundle;
        this.probabilities = probabilities && bundle.target().task().isClassification();
        this.region = region;
        this.progress = progress;
        this.ids = bundle.schema().names(Role.ID);
    }

    /**
     * What became of a file.
     *
     * @param rows how many rows were scored
     * @param failed how many rows could not be scored
     * @param metrics of the rows whose target is known; empty where there are none
     */
    public record Result(long rows, long failed, Map<String, Double> metrics) {}

    /** Scores all rows of a source into a CSV file. */
    public Result write(Source source, Path output) {
        ChunkReader reader =
                ChunkReader.forScoring(source, scoringSchema(), bundle.cells(), TargetChoice.of(bundle.target()));
        boolean labelled = source.columns().contains(bundle.target().column());
        KnownRows known = new KnownRows();
        try (PartialFile file = PartialFile.of(output)) {
            try (CsvRecords csv = new CsvRecords(file.path())) {
                csv.write(header());
                progress.begin("scoring", -1);
                reader.read(chunk -> {
                    write(chunk, csv, labelled ? known : null);
                    progress.advance(chunk.size());
                });
                progress.end();
            }
            requireRows(source);
            file.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Result(scored, failed, known.metrics());
    }

    private void requireRows(Source source) {
        if (scored + failed == 0) {
            throw PipelineException.data(source.name() + " has no rows to score");
        }
    }

    /** What the model does not learn from may be absent. */
    private TableSchema scoringSchema() {
        TableSchema schema = bundle.schema();
        for (Role role : new Role[] {Role.ID, Role.GROUP}) {
            for (String name : schema.names(role)) {
                schema =
                        schema.with(name, ColumnSchema.of(ColumnType.IDENTIFIER).optional());
            }
        }
        return schema;
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(ids);
        header.add("prediction");
        if (probabilities) {
            bundle.target().classes().forEach(each -> header.add("probability_" + each));
        }
        if (region != null) {
            header.addAll(RegionColumns.names(region));
        }
        header.add("error");
        return header;
    }

    private void write(Chunk chunk, CsvRecords csv, @Nullable KnownRows known) {
        Target target = bundle.target();
        int rows = chunk.size();
        Scores scores = rows == 0 ? null : bundle.scorer().score(chunk);
        long[] numbers = ColumnValues.rowNumbers(chunk.rows());
        List<String[]> idTexts = new ArrayList<>();
        for (String id : ids) {
            idTexts.add(ColumnValues.texts(chunk.rows(), id));
        }
        String[] line = new String[header().size()];
        int reject = 0;
        for (int row = 0; row < rows && scores != null; row++) {
            while (reject < chunk.rejects().size()
                    && chunk.rejects().get(reject).row() < numbers[row]) {
                writeRejected(chunk.rejects().get(reject++), csv);
            }
            int at = 0;
            for (String[] texts : idTexts) {
                line[at++] = texts[row];
            }
            line[at++] = target.task().isClassification() ? scores.label(row) : Double.toString(scores.output(row, 0));
            for (int each = 0; probabilities && each < target.outputs(); each++) {
                line[at++] = Double.toString(scores.output(row, each));
            }
            for (String cell : region == null ? List.<String>of() : RegionColumns.cells(region, scores, row)) {
                line[at++] = cell;
            }
            line[at] = "";
            csv.write(line);
        }
        while (reject < chunk.rejects().size()) {
            writeRejected(chunk.rejects().get(reject++), csv);
        }
        scored += rows;
        if (known != null && scores != null) {
            known.add(ColumnValues.texts(chunk.rows(), target.column()), scores);
        }
    }

    private void writeRejected(Reject reject, CsvRecords csv) {
        failed++;
        List<String> line = new ArrayList<>();
        header().forEach(name -> line.add(name.equals("error") ? reject.reason().text() : ""));
        csv.write(line);
    }

    /** The scores of the rows whose target is known, for metrics. */
    private final class KnownRows {
        private final ResizableDoubleArray truth = new ResizableDoubleArray();
        private final ResizableDoubleArray outputs = new ResizableDoubleArray();

        void add(String[] labels, Scores scores) {
            Target target = bundle.target();
            for (int row = 0; row < labels.length; row++) {
                double value = value(target, labels[row]);
                if (!Double.isNaN(value)) {
                    truth.addElement(value);
                    for (int each = 0; each < target.outputs(); each++) {
                        outputs.addElement(scores.output(row, each));
                    }
                }
            }
        }

        private static double value(Target target, String label) {
            if (label.isEmpty()) {
                return Double.NaN;
            }
            if (!target.task().isClassification()) {
                return Double.parseDouble(label);
            }
            int index = target.classes().indexOf(label);
            return index < 0 ? Double.NaN : index;
        }

        Map<String, Double> metrics() {
            if (truth.getNumElements() == 0) {
                return Map.of();
            }
            return Metrics.compute(Predictions.of(
                                    bundle.target(),
                                    truth.getElements(),
                                    outputs.getElements(),
                                    bundle.contents().decision())
                            .within(region))
                    .values();
        }
    }
}
