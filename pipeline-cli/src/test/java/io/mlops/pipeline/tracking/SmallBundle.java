package io.mlops.pipeline.tracking;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Provenance;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.files.Folders;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Writes small bundles that differ in one file. */
public final class SmallBundle {
    private static final Target TARGET = new Target("y", Task.BINARY, List.of("no", "yes"));
    private static final String MARK = "model/weights.json";

    private SmallBundle() {}

    /** A bundle with a file of the given text beside its model. */
    public static Path write(Path parent, String text) throws IOException {
        Path bundle = parent.resolve("bundle-" + text);
        if (Files.exists(bundle)) {
            Folders.delete(bundle);
        }
        Bundle.write(bundle, "credit", contents(Learners.named("baseline")));
        Files.writeString(bundle.resolve(MARK), text);
        ObjectMapper json = new ObjectMapper();
        Path file = bundle.resolve("bundle.json");
        ObjectNode index = (ObjectNode) json.readTree(file.toFile());
        ((ObjectNode) index.get("files")).put(MARK, sha256(text));
        Files.writeString(file, json.writeValueAsString(index));
        return bundle;
    }

    private static <P extends Record> Bundle.Contents contents(Learner<P> learner) {
        TableRows rows = rows();
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), learner.view(), rows, TARGET, 7);
        TrainingSet training =
                new TrainingSet(preprocessor.transformTraining(rows), TARGET, TARGET.values(rows.table()), null);
        return new Bundle.Contents(
                TARGET,
                rows.schema(),
                new CellFormat(List.of("?"), "."),
                preprocessor,
                learner.fit(learner.defaults(TARGET.task()), training, null, new FitContext(7, 1)),
                new Calibration.Platt(1, 0),
                new Decision(0.5),
                new Conformal.None("no row was held out"),
                JsonNodeFactory.instance.objectNode().put("rows", (int) rows.count()),
                new Provenance("test", 1, "", JsonNodeFactory.instance.objectNode(), new TreeMap<>()));
    }

    private static TableRows rows() {
        Table table = Table.create(
                DoubleColumn.create("age"),
                StringColumn.create("y"),
                LongColumn.create("#row"),
                LongColumn.create("#hash"));
        for (int row = 0; row < 20; row++) {
            table.doubleColumn("age").append(row);
            table.stringColumn("y").append(row % 2 == 0 ? "yes" : "no");
            table.longColumn("#row").append(row + 1L);
            table.longColumn("#hash").append(row);
        }
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("age", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("y", ColumnSchema.of(ColumnType.CATEGORY));
        return new TableRows(new TableSchema(columns, Map.of("age", Role.FEATURE, "y", Role.TARGET)), table);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
