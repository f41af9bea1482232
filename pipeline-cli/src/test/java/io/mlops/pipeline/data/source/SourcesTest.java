package io.mlops.pipeline.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    @TempDir
    Path folder;

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Source open(Path path) {
        return Sources.open(path.toString(), FormatSettings.defaults());
    }

    private Source table(String text) {
        return open(write("t.csv", text));
    }

    private static void refused(ThrowingCallable work, String... parts) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.kind()).isEqualTo(PipelineException.Kind.DATA))
                .hasMessageContainingAll(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void findsTheDelimiter(String delimiter) {
        String text = "name,weight,note\nann,1.5,\"x,y;z|w\tv\"\nbob,2.5,q\n".replace(",", delimiter);
        Source source = table(text);
        assertThat(source.columns()).containsExactly("name", "weight", "note");
        assertThat(Cellar.read(source).rows.get(1)).containsExactly("bob", "2.5", "q");
        assertThat(source.format().delimiter()).isEqualTo(delimiter.equals("\t") ? "tab" : delimiter);
    }

    @Test
    void prefersTheDelimiterOfTheHeaderToDecimalCommas() {
        assertThat(table("a;b\n1,5;2,5\n3,5;4,5\n").columns()).containsExactly("a", "b");
    }

    @Test
    void takesTheDelimiterOfTheSettings() {
        Path file = write("t.csv", "a~b\n1~2\n");
        FormatSettings tilde = new FormatSettings("~", null, null, ".");
        assertThat(Sources.open(file.toString(), tilde).columns()).containsExactly("a", "b");
        assertThatThrownBy(() -> Sources.open(file.toString(), new FormatSettings("ab", null, null, ".")))
                .hasMessageContaining("data.format.delimiter");
    }

    @Test
    void readsQuotesAndLineBreaksWithinThem() {
        Cellar cellar = Cellar.read(table("a,b\n\"x \"\"y\"\" z\",\"1\n2\"\n,\"\"\n\"p\",q\n"));
        assertThat(cellar.rows).containsExactly(List.of("x \"y\" z", "1\n2"), List.of("", ""), List.of("p", "q"));
        assertThat(cellar.lines).containsExactly(2L, 4L, 5L);
        assertThat(cellar.numbers).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readsQuotesBehindBlanks() {
        Cellar cellar = Cellar.read(table("a, b\n1, \"x, y\"\n2, z\n"));
        assertThat(cellar.rows).containsExactly(List.of("1", "x, y"), List.of("2", " z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsAnyLineEndAndSkipsBlankLines(String end) {
        String text = String.join(end, "", "a,b", "1,2", "", "   ", "3,4", "5,6", "", "") + end;
        assertThat(Cellar.read(table(text)).rows)
                .containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5", "6"));
        assertThat(Cellar.read(table(text.stripTrailing())).rows).hasSize(3);
    }

    @Test
    void deliversRaggedRowsWithTheirCellCount() {
        List<List<String>> rows = Cellar.read(table("a,b,c\n1,2,3\n1,2\n1,2,3,4\n\n5\n")).rows;
        assertThat(rows).extracting(List::size).containsExactly(3, 2, 4, 1);
    }

    @Test
    void makesNamesUnique() {
        Source source = table(" id ,x,,x,x_2,\n1,2,3,4,5,6\n");
        assertThat(source.columns()).containsExactly("id", "x", "column_3", "x_3", "x_2", "column_6");
        assertThat(source.warnings()).anyMatch(each -> each.contains("'x' -> 'x_3'"));
        assertThat(source.warnings()).anyMatch(each -> each.contains("2 columns have no name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "utf-16le", "utf-16be", "windows-1252"})
    void readsEncodings(String encoding) {
        String text = "größe,straße\n1,Zürich – €\n2,Ñandú\n";
        String mark = encoding.startsWith("utf-16") ? "\uFEFF" : "";
        Source source = open(write("t.csv", (mark + text).getBytes(Charset.forName(encoding))));
        assertThat(Cellar.read(source).rows).containsExactly(List.of("1", "Zürich – €"), List.of("2", "Ñandú"));
        assertThat(source.columns()).containsExactly("größe", "straße");
        assertThat(source.format().encoding()).isEqualTo(encoding);
        assertThat(source.warnings()).hasSize(encoding.equals("windows-1252") ? 1 : 0);
    }

    @Test
    void readsUtf8WithAMark() {
        assertThat(table("\uFEFF\"a\",b\n1,2\n").columns()).containsExactly("a", "b");
    }

    @Test
    void readsCharactersOfEveryLengthAcrossBuffers() {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 40_000; i++) {
            text.append(i).append(",é€😀").append("x".repeat(i % 7)).append('\n');
        }
        List<List<String>> rows = Cellar.read(table(text.toString())).rows;
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).get(1)).isEqualTo("é€😀" + "x".repeat(i % 7));
        }
    }

    @Test
    void saysWhereEncodingsAreMixed() {
        byte[] bytes = "a,b\né,?\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xe9;
        Source source = open(write("t.csv", bytes));
        assertThat(Cellar.read(source).rows).containsExactly(List.of("é", "é"));
        assertThat(source.warnings()).singleElement().asString().contains("mixes encodings");
    }

    @Test
    void readsGzipWhateverItsName() {
        byte[] packed = gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(Cellar.read(open(write("t.csv", packed))).rows).containsExactly(List.of("1", "2"));
    }

    @Test
    void readsAFolderSortedByNameAndColumnsByName() {
        write("b.csv", "y,x\n4,3\n");
        write("a.csv", "x,y\n1,2\n");
        write("c.csv.gz", gzip("x;y\n5;6\n".getBytes(StandardCharsets.UTF_8)));
        write("README.md", "nothing");
        write(".hidden.csv", "z\n");
        Source source = open(folder);
        Cellar cellar = Cellar.read(source);
        assertThat(cellar.rows).containsExactly(List.of("1", "2"), List.of("3", "4"), List.of("5", "6"));
        assertThat(cellar.numbers).containsExactly(1L, 2L, 3L);
        assertThat(source.files()).hasSize(3);
        assertThat(Sources.open(folder + "/[ab].csv", FormatSettings.defaults()).files())
                .hasSize(2);
    }

    @Test
    void readsStandardInputAgain() {
        Source source = Sources.spool(
                new ByteArrayInputStream("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8)), FormatSettings.defaults());
        assertThat(Cellar.read(source).rows).isEqualTo(Cellar.read(source).rows).hasSize(1);
        refused(() -> Sources.spool(new ByteArrayInputStream(new byte[0]), FormatSettings.defaults()), "empty");
    }

    @Test
    void refusesAFileWithOtherColumns() {
        write("a.csv", "x,y\n1,2\n");
        write("b.csv", "x,z\n1,2\n");
        refused(() -> open(folder), "b.csv", "a.csv", "lacks 'y'", "has also 'z'");
    }

    @Test
    void refusesWhatIsNotThere() {
        refused(() -> open(folder.resolve("none.csv")), "none.csv", "does not exist");
        refused(() -> open(folder), "folder without tables");
        refused(() -> Sources.open(folder + "/*.csv", FormatSettings.defaults()), "matches no file");
        refused(() -> open(write("e.csv", "")), "e.csv is empty");
        refused(() -> open(write("e.csv", "\n \n\n")), "blank lines only");
    }

    @Test
    void readsAHeaderWithoutRows() {
        Source source = table("a,b");
        assertThat(source.columns()).containsExactly("a", "b");
        assertThat(Cellar.read(source).rows).isEmpty();
    }

    @Test
    void asksWhereTheFirstLineLooksLikeARow() {
        refused(() -> table("5.1,3.5,1\n4.9,3.0,0\n"), "line 1", "5.1, 3.5, 1", "data.format.header");
        Path file = write("t.csv", "5.1,3.5,1\n4.9,3.0,0\n");
        Source source = Sources.open(file.toString(), new FormatSettings(null, null, false, "."));
        assertThat(source.columns()).containsExactly("column_1", "column_2", "column_3");
        assertThat(Cellar.read(source).rows).hasSize(2);
        assertThat(table("2019,2020,2021\n4,3,0\n").columns()).containsExactly("2019", "2020", "2021");
    }

    @Test
    void refusesLinesBeforeTheHeader() {
        refused(() -> table("Report of 2024\na,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n"), "line 1 has 1 cell", "3");
    }

    @Test
    void namesTheLineOfAnOpenQuote() {
        Source source = table("a,b\n1,2\n3,\"x\n4,5\n6,7\n");
        refused(() -> Cellar.read(source), "t.csv, line 3", "never closed");
    }

    @Test
    void namesTheLineOfANul() {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 300_000; i++) {
            text.append("1,2\n");
        }
        Source source = table(text + "3,\0\n");
        refused(() -> Cellar.read(source), "t.csv, line 300002", "NUL");
    }

    @Test
    void namesBinaryFiles() {
        refused(() -> open(write("t.csv", "PAR1xxxx")), "t.csv is a Parquet file");
        refused(() -> open(write("t.csv", "PK\u0003\u0004zzzxl/workbook")), "Excel workbook");
        refused(() -> open(write("t.csv", "PK\u0003\u0004zzz")), "zip archive");
        refused(() -> open(write("t.csv", gzip(gzip(new byte[] {1})))), "gzip file within");
        refused(() -> open(write("t.csv", "{\"a\": 1}")), "JSON");
    }

    @Test
    void refusesAGzipThatWasCutOff() {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 500_000; i++) {
            text.append(i * 7919L % 1000003).append(",2\n");
        }
        byte[] packed = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        Source source = open(write("t.csv.gz", Arrays.copyOf(packed, packed.length - 100)));
        refused(() -> Cellar.read(source), "t.csv.gz", "cut off");
        refused(() -> open(write("t.csv.gz", Arrays.copyOf(packed, 500))), "t.csv.gz", "cut off");
    }

    @Test
    void refusesAFileThatChanges() {
        Source source = table("a,b\n1,2\n");
        write("t.csv", "a,b\n1,2\n3,4\n");
        refused(() -> Cellar.read(source), "t.csv changed while it was read");
    }

    @Test
    void refusesOneLineWithoutEnd() {
        byte[] line = new byte[50_000_000];
        Arrays.fill(line, (byte) 'x');
        Path file = write("t.csv", line);
        refused(() -> open(file), "t.csv, line 1", "million characters");
        for (int i = 1; i < line.length; i += 2) {
            line[i] = ',';
        }
        Path cells = write("u.csv", line);
        refused(() -> open(cells), "u.csv, line 1", "no header is as long");
    }

    @Test
    void readsTenThousandColumns() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 10_000; column++) {
                text.append(column == 0 ? "" : ",").append(row == 0 ? "name" + column : "" + column);
            }
            text.append('\n');
        }
        Cellar cellar = Cellar.read(table(text.toString()));
        assertThat(cellar.rows).extracting(List::size).containsExactly(10_000, 10_000);
    }

    @Test
    void handsOnTheExceptionOfTheReader() {
        Source source = table("a,b\n1,2\n");
        RowHandler failing = new RowHandler() {
            @Override
            public void cell(int column, char[] buffer, int offset, int length, boolean quoted) {
                throw PipelineException.data("mine");
            }

            @Override
            public void endRow(long row, long line, int cells) {}
        };
        refused(() -> source.read(failing), "mine");
    }

    @Test
    void refusesAnUnknownEncoding() {
        Path file = write("t.csv", "a,b\n1,2\n");
        assertThatThrownBy(() -> Sources.open(file.toString(), new FormatSettings(null, "utf-9", null, ".")))
                .hasMessageContaining("utf-9");
    }

    @Test
    void digestsFiles() {
        Path file = write("t.csv", "abc");
        assertThat(FileDigest.of(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(FileDigest.of(List.of(file, file))).isNotEqualTo(FileDigest.of(List.of(file)));
    }
}
