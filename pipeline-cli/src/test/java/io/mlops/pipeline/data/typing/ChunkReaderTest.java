package io.mlops.pipeline.data.typing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.source.MemorySource;
import io.mlops.pipeline.data.source.RowHandler;
import io.mlops.pipeline.data.source.Source;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ChunkReaderTest {
    private static final CellFormat FORMAT = CellFormat.of(DataSettings.defaults());

    private static final TableSchema SCHEMA = schema();

    private static final TargetChoice TARGET = new TargetChoice("bad", Task.BINARY, null, List.of("0", "1"));

    private static TableSchema schema() {
        Map<String, ColumnSchema> columns = new LinkedHashMap<>();
        columns.put("customer", ColumnSchema.of(ColumnType.IDENTIFIER));
        columns.put("amount", ColumnSchema.of(ColumnType.NUMBER));
        columns.put("purpose", ColumnSchema.of(ColumnType.CATEGORY));
        columns.put("owner", ColumnSchema.of(ColumnType.BOOLEAN));
        columns.put("opened", ColumnSchema.of(ColumnType.DATETIME));
        columns.put("remark", ColumnSchema.of(ColumnType.TEXT));
        columns.put("bad", ColumnSchema.of(ColumnType.INTEGER));
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.keySet().forEach(name -> roles.put(name, Role.FEATURE));
        roles.put("customer", Role.ID);
        roles.put("remark", Role.IGNORE);
        roles.put("bad", Role.TARGET);
        return new TableSchema(columns, roles);
    }

    private static final String HEADER = "customer|amount|purpose|owner|opened|remark|bad";

    private record Result(Table rows, List<Reject> rejects, Map<String, JunkCells> junk) {}

    private static Result read(ChunkReader reader) {
        List<Table> tables = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        reader.read(chunk -> {
            tables.add(chunk.rows());
            rejects.addAll(chunk.rejects());
        });
        Table all = tables.get(0);
        tables.subList(1, tables.size()).forEach(all::append);
        return new Result(all, rejects, reader.junk());
    }

    private static Result learn(String... lines) {
        return read(ChunkReader.forLearning(MemorySource.of(lines), SCHEMA, FORMAT, TARGET));
    }

    @Test
    void readsEachTypeIntoItsColumn() {
        Table rows = learn(HEADER, "007| 1,234.50 | 1.0 |yes|2024-02-29 10:15|hello|0.0", "008|?||NO||x|1")
                .rows();

        assertThat(rows.columnNames())
                .containsExactly("customer", "amount", "purpose", "owner", "opened", "bad", Rows.NUMBER, Rows.HASH);
        assertThat(rows.stringColumn("customer").asList()).containsExactly("007", "008");
        assertThat(rows.doubleColumn("amount").asDoubleArray()).containsExactly(1234.5, Double.NaN);
        assertThat(rows.stringColumn("purpose").asList()).containsExactly("1", "");
        assertThat(rows.doubleColumn("owner").asDoubleArray()).containsExactly(1, 0);
        assertThat(rows.dateTimeColumn("opened").asList()).containsExactly(LocalDateTime.of(2024, 2, 29, 10, 15), null);
        assertThat(rows.stringColumn("bad").asList()).containsExactly("0", "1");
        assertThat(rows.longColumn(Rows.NUMBER).asLongArray()).containsExactly(1, 2);
    }

    @Test
    void findsColumnsByName() {
        Table one = learn(HEADER, "007|12|car|yes|2024-02-29|hello|0").rows();
        Table other = learn("extra|bad|opened|owner|customer|purpose|amount", "!|0|2024-02-29|1|007|car|12.0")
                .rows();
        assertThat(other.toString()).isEqualTo(one.toString());
    }

    @Test
    void namesAllMissingColumnsAtOnce() {
        assertThatThrownBy(() -> learn("customer|Amount|purpose|opened", "007|12|car|2024-02-29"))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.DATA))
                .hasMessageContaining("memory.csv lacks 3 columns: 'amount' (it has 'Amount'), 'owner', 'bad'");
    }

    @Test
    void fillsAnAbsentColumnThatMayBeAbsent() {
        TableSchema optional = SCHEMA.with(
                "amount",
                new ColumnSchema(
                        ColumnType.NUMBER,
                        false,
                        List.of(),
                        null,
                        null,
                        null,
                        false,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        io.mlops.pipeline.data.Severity.FAIL));
        MemorySource source = MemorySource.of("customer|purpose|owner|opened|bad", "007|car|1||1", "008|car|1||1");
        Table rows =
                read(ChunkReader.forLearning(source, optional, FORMAT, TARGET)).rows();
        assertThat(rows.doubleColumn("amount").asDoubleArray()).containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void countsJunkAndSetsItToMissing() {
        Result result = learn(
                HEADER,
                "1|twelve|car|perhaps|30.2.2024|x|0",
                "2|1e999|car|yes|2024-02-30|x|0",
                "3|5|car|yes|2024-02-28T10|x|0",
                "4|junk in a rejected row|car|yes||x|?");
        assertThat(result.rows().doubleColumn("amount").asDoubleArray()).containsExactly(Double.NaN, Double.NaN, 5);
        assertThat(result.junk()).containsOnlyKeys("amount", "opened", "owner");
        assertThat(result.junk().get("amount"))
                .isEqualTo(new JunkCells(
                        2, List.of(new JunkCells.Example(1, "twelve"), new JunkCells.Example(2, "1e999"))));
        assertThat(result.junk().get("opened").count()).isEqualTo(3);
    }

    @Test
    void rejectsRowsThatCannotBeUsed() {
        Result result = learn(
                HEADER,
                "1|1|car|yes||x| 0.0 ",
                "2|1|car|yes||x",
                "3|1|car|yes||x|1|1",
                "4|1|car|yes||x| NAN ",
                "5|1|car|yes||x|invalid",
                "6|1|car|yes||x|1");
        assertThat(result.rows().longColumn(Rows.NUMBER).asLongArray()).containsExactly(1, 6);
        assertThat(result.rejects())
                .containsExactly(
                        new Reject(2, 3, Reject.Reason.RAGGED, null, "6 cells where the header has 7"),
                        new Reject(3, 4, Reject.Reason.RAGGED, null, "8 cells where the header has 7"),
                        new Reject(4, 5, Reject.Reason.TARGET_MISSING, "bad", ""),
                        new Reject(5, 6, Reject.Reason.TARGET_UNKNOWN, "bad", "invalid"));
    }

    @Test
    void rejectsValuesOfARegressionThatAreNoNumbers() {
        TargetChoice value = new TargetChoice("bad", Task.REGRESSION, null, List.of());
        MemorySource source = MemorySource.of(HEADER, "1|1|car|yes||x|12.5", "2|1|car|yes||x|much");
        Result result = read(ChunkReader.forLearning(source, SCHEMA, FORMAT, value));
        assertThat(result.rows().doubleColumn("bad").asDoubleArray()).containsExactly(12.5);
        assertThat(result.rejects())
                .containsExactly(new Reject(2, 3, Reject.Reason.TARGET_NOT_A_NUMBER, "bad", "much"));
    }

    @Test
    void keepsRowsToScoreWhoseTargetIsUnusable() {
        MemorySource source = MemorySource.of(HEADER, "1|1|car|yes||x|junk", "2|1|car|yes||x|1");
        Result compared = read(ChunkReader.forScoring(source, SCHEMA, FORMAT, TARGET));
        assertThat(compared.rows().stringColumn("bad").asList()).containsExactly("", "1");

        Result scored = read(ChunkReader.forScoring(source, SCHEMA, FORMAT));
        assertThat(scored.rows().columnNames()).doesNotContain("bad");
        assertThat(scored.rows().longColumn(Rows.HASH).asLongArray())
                .isEqualTo(compared.rows().longColumn(Rows.HASH).asLongArray());
    }

    @Test
    void givesRowsOfEqualContentEqualHashes() {
        long[] hashes = learn(
                        HEADER,
                        "1|12|car|yes|2024-02-29|x|0",
                        "2| 12.0|car |true|2024-02-29T00:00|y|1",
                        "3|12|car|yes|2024-02-28|x|0",
                        "4|-0||yes||x|0",
                        "5|0|NA|yes||x|0")
                .rows()
                .longColumn(Rows.HASH)
                .asLongArray();
        assertThat(hashes[1]).isEqualTo(hashes[0]);
        assertThat(hashes[4]).isEqualTo(hashes[3]);
        assertThat(new long[] {hashes[0], hashes[2], hashes[3]}).doesNotHaveDuplicates();
    }

    @Test
    void handsOverChunksOfBoundedSize() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < 40_000; i++) {
            lines.add(i + "|" + i + "|level " + i % 1000 + "|yes||x|" + i % 2);
        }
        List<Integer> sizes = new ArrayList<>();
        ChunkReader.forLearning(MemorySource.of(lines.toArray(String[]::new)), SCHEMA, FORMAT, TARGET)
                .read(chunk -> {
                    sizes.add(chunk.rows().rowCount());
                    long first = chunk.rows().longColumn(Rows.NUMBER).getLong(0);
                    assertThat(chunk.rows().stringColumn("purpose").get(0)).isEqualTo("level " + (first - 1) % 1000);
                });
        assertThat(sizes).containsExactly(Rows.CHUNK, Rows.CHUNK, 40_000 - 2 * Rows.CHUNK);
    }

    @Test
    void passesOnWhatTheSourceThrows() {
        Source broken = new Source() {
            @Override
            public String name() {
                return "broken.csv";
            }

            @Override
            public List<String> columns() {
                return SCHEMA.columns().keySet().stream().toList();
            }

            @Override
            public void read(RowHandler handler) {
                throw PipelineException.data("broken.csv ends early");
            }
        };
        assertThatThrownBy(() -> read(ChunkReader.forLearning(broken, SCHEMA, FORMAT, TARGET)))
                .hasMessage("broken.csv ends early");
    }

    @Test
    void stopsReadingWhenTheConsumerFails() {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < 200_000; i++) {
            lines.add("1|1|car|yes||x|1");
        }
        ChunkReader reader =
                ChunkReader.forLearning(MemorySource.of(lines.toArray(String[]::new)), SCHEMA, FORMAT, TARGET);
        assertThatThrownBy(() -> reader.read(chunk -> {
                    throw new IllegalStateException("the disk is full");
                }))
                .hasMessage("the disk is full");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("read-ahead"));
    }
}
