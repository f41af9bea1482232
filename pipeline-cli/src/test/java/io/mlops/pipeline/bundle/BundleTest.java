package io.mlops.pipeline.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableRows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.typing.Chunk;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.catalog.Learners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class BundleTest {
    private static final Target TARGET = new Target("paid", Task.BINARY, List.of("no", "yes"));
    private static final Provenance PROVENANCE = new Provenance(
            "abc1234",
            7,
            "",
            JsonNodeFactory.instance.objectNode().put("rounds", 100),
            new TreeMap<>(Map.of("raw", "0f")));

    @TempDir
    Path folder;

    private static TableRows credit(int rows) {
        Random random = new Random(1);
        Table table = Table.create(
                DoubleColumn.create("age"),
                StringColumn.create("purpose"),
                StringColumn.create("paid"),
                LongColumn.create("#row"),
                LongColumn.create("#hash"));
        for (int row = 0; row < rows; row++) {
            double age = 20 + random.nextInt(50);
            String purpose = List.of("car", "house", "").get(random.nextInt(3));
            table.doubleColumn("age").append(random.nextInt(9) == 0 ? Double.NaN : age);
            table.stringColumn("purpose").append(purpose);
            boolean paid = age + (purpose.equals("car") ? 20 : 0) + 10 * random.nextGaussian() > 50;
            table.stringColumn("paid").append(paid ? "yes" : "no");
            table.longColumn("#row").append(row + 1L);
            table.longColumn("#hash").append(random.nextLong());
        }
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("age", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("paid", ColumnSchema.of(ColumnType.CATEGORY));
        Map<String, Role> roles = Map.of("age", Role.FEATURE, "purpose", Role.FEATURE, "paid", Role.TARGET);
        return new TableRows(new TableSchema(columns, roles), table);
    }

    private static <P extends Record> Bundle.Contents contents(Learner<P> learner, TableRows rows) {
        Preprocessor preprocessor = Preprocessor.fit(FeatureSettings.defaults(), learner.view(), rows, TARGET, 7);
        TrainingSet training =
                new TrainingSet(preprocessor.transformTraining(rows), TARGET, TARGET.values(rows.table()), null);
        TrainedModel model = learner.fit(learner.defaults(TARGET.task()), training, null, new FitContext(7, 1));
        return new Bundle.Contents(
                TARGET,
                rows.schema(),
                new CellFormat(List.of("?"), "."),
                preprocessor,
                model,
                new Calibration.Platt(0.9, 0.1),
                new Decision(0.4),
                new Conformal.None("no row was held out"),
                JsonNodeFactory.instance.objectNode().put("rows", (int) rows.count()),
                PROVENANCE);
    }

    private Bundle written() {
        return Bundle.write(folder, "credit", contents(Learners.named("decision_tree"), credit(300)));
    }

    @Test
    void scoresTheSameOnceItIsLoadedWholeOrInChunks() {
        TableRows rows = credit(400);
        for (Learner<?> learner : Learners.all()) {
            if (learner.tasks().contains(TARGET.task())) {
                Path place = folder.resolve(learner.name());
                Bundle written = Bundle.write(place, "credit", contents(learner, rows));
                Bundle loaded = Bundle.load(place);

                Scores whole = loaded.scorer().score(Chunk.of(rows.table()));
                assertThat(whole.outputs())
                        .isEqualTo(
                                written.scorer().score(Chunk.of(rows.table())).outputs());
                for (int from = 0; from < 400; from += 57) {
                    int to = Math.min(400, from + 57);
                    Scores part = loaded.scorer().score(Chunk.of(rows.table().inRange(from, to)));
                    assertThat(part.outputs()).isEqualTo(Arrays.copyOfRange(whole.outputs(), 2 * from, 2 * to));
                }
                assertThat(loaded.digest()).isEqualTo(written.digest());
            }
        }
    }

    @Test
    void keepsAllThatWasWritten() {
        Bundle written = written();

        Bundle loaded = Bundle.load(folder);

        assertThat(loaded.name()).isEqualTo("credit");
        assertThat(loaded.learner()).isEqualTo("decision_tree");
        assertThat(loaded.target()).isEqualTo(TARGET);
        assertThat(loaded.schema()).isEqualTo(written.schema());
        assertThat(loaded.provenance()).isEqualTo(PROVENANCE);
        assertThat(loaded.contents().calibration()).isEqualTo(new Calibration.Platt(0.9, 0.1));
        assertThat(loaded.contents().decision()).isEqualTo(new Decision(0.4));
        assertThat(loaded.contents().conformal()).isEqualTo(new Conformal.None("no row was held out"));
        assertThat(loaded.contents().profile()).isEqualTo(written.contents().profile());
    }

    @Test
    void decidesByTheThreshold() {
        Scores scores = written().scorer().score(Chunk.of(credit(300).table()));

        for (int row = 0; row < scores.rows(); row++) {
            assertThat(scores.label(row)).isEqualTo(scores.output(row, 1) >= 0.4 ? "yes" : "no");
            assertThat(scores.output(row, 0) + scores.output(row, 1)).isEqualTo(1);
        }
    }

    @Test
    void writesTheSameBytesTwice() {
        Bundle.Contents contents = contents(Learners.named("xgboost"), credit(300));

        String first = Bundle.write(folder.resolve("a"), "credit", contents).digest();

        assertThat(Bundle.write(folder.resolve("b"), "credit", contents).digest())
                .isEqualTo(first);
    }

    @Test
    void namesTheFileThatWasChangedOrIsMissing() throws IOException {
        written();
        for (String name : List.of("schema.json", "preprocessor.json", "model/trees.ubj", "decision.json")) {
            byte[] whole = Files.readAllBytes(folder.resolve(name));
            byte[] changed = whole.clone();
            changed[changed.length / 2] ^= 1;
            Files.write(folder.resolve(name), changed);
            refuses(name, "has changed");
            Files.delete(folder.resolve(name));
            refuses(name, "is missing");
            Files.write(folder.resolve(name), whole);
        }
        Bundle.load(folder);
        Files.writeString(folder.resolve("model/stowaway.json"), "{}");
        refuses("model/stowaway.json", "is not listed");
    }

    @Test
    void refusesNamesThatLeadOutOfTheFolder() throws IOException {
        written();
        for (String name : List.of("../x", "/etc/passwd", "model/../../x", "C:/x", "a\\\\..\\\\x", "model//x", "./x")) {
            String index = Files.readString(folder.resolve("bundle.json"));
            Files.writeString(
                    folder.resolve("bundle.json"),
                    index.replace("\"schema.json\"", "\"" + name + "\" : \"00\", \"schema.json\""));
            refuses(name.replace("\\\\", "\\"), "leads out of the bundle");
            Files.writeString(folder.resolve("bundle.json"), index);
        }
    }

    @Test
    void refusesLinks() throws IOException {
        written();
        Path moved = folder.resolve("elsewhere.json");
        Files.move(folder.resolve("schema.json"), moved);
        Files.createSymbolicLink(folder.resolve("schema.json"), moved);

        refuses("schema.json", "is a link");
    }

    @Test
    void refusesANewerFormatAndAFolderThatIsNoBundle() throws IOException {
        written();
        Path index = folder.resolve("bundle.json");
        Files.writeString(index, Files.readString(index).replace("\"format_version\" : 2", "\"format_version\" : 3"));
        refuses("format 3", "newer version");
        Files.writeString(index, "{\"files\": {");
        refuses("bundle.json", "damaged");
        Files.writeString(index, "{\"format_version\": 1, \"files\": {\"schema.json\": null}}");
        refuses("bundle.json", "damaged");
        Files.delete(index);
        refuses("bundle.json", "no model bundle");
    }

    @Test
    void listsEveryFileInItsIndex() throws IOException {
        written();

        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("bundle.json").toFile())
                        .get("files")
                        .fieldNames())
                .toIterable()
                .containsExactly(
                        "calibration.json",
                        "cells.json",
                        "conformal.json",
                        "decision.json",
                        "model/model.json",
                        "model/trees.ubj",
                        "preprocessor.json",
                        "profile.json",
                        "schema.json");
    }

    @Test
    void readsABundleFromBeforeThereWereIntervals() throws IOException {
        Bundle written = written();
        replace("decision.json", "{\"threshold\": 0.4, \"band\": null}");
        Files.delete(folder.resolve("conformal.json"));
        index(index -> {
            index.put("format_version", 1);
            ((ObjectNode) index.get("files")).remove("conformal.json");
        });

        Bundle loaded = Bundle.load(folder);

        assertThat(loaded.contents().decision()).isEqualTo(new Decision(0.4));
        assertThat(loaded.scorer().score(Chunk.of(credit(50).table())).outputs())
                .isEqualTo(written.scorer().score(Chunk.of(credit(50).table())).outputs());
        assertThatThrownBy(() -> loaded.contents().conformal().at(0.9))
                .hasMessageContaining("before there were any; train it again");
    }

    @Test
    void refusesIntervalsThatDoNotFitItsTarget() throws IOException {
        written();
        replace(
                "conformal.json",
                "{\"type\": \"intervals\", \"edges\": [], \"errors\": [{\"rows\": 1, \"values\": [0]}], \"source\": \"\"}");
        refuses("conformal.json", "does not fit the target");
        replace(
                "conformal.json",
                "{\"type\": \"sets\", \"improbable\": [{\"rows\": 1, \"values\": [0]}], \"classes\": 3, \"source\": \"\"}");
        refuses("conformal.json", "does not fit the target");
        replace("conformal.json", "{\"type\": \"sets\", \"improbable\": [], \"classes\": 2, \"source\": \"\"}");
        refuses("conformal.json", "is not what a bundle holds");
        replace("conformal.json", "{\"type\": \"oracle\"}");
        refuses("conformal.json", "is not what a bundle holds");
        index(index -> ((ObjectNode) index.get("files")).remove("conformal.json"));
        refuses("conformal.json", "is not listed");
    }

    @Test
    void refusesCostsThatAreNone() throws IOException {
        written();
        replace("decision.json", "{\"threshold\": 0.5, \"costs\": {\"matrix\": [[0, -1], [1, 0]]}}");
        refuses("decision.json", "is not what a bundle holds");
    }

    /** Writes another file, and its digest into the index. */
    private void replace(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        index(index -> ((ObjectNode) index.get("files")).put(name, sha256(folder.resolve(name))));
    }

    private void index(Consumer<ObjectNode> change) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode index =
                (ObjectNode) json.readTree(folder.resolve("bundle.json").toFile());
        change.accept(index);
        json.writeValue(folder.resolve("bundle.json").toFile(), index);
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void refuses(String what, String why) {
        assertThatThrownBy(() -> Bundle.load(folder))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(what)
                .hasMessageContaining(why);
    }
}
