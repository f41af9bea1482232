package io.mlops.pipeline.data.source;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Names what a file is that is no text table, by the bytes it starts with. */
final class BinaryKind {
    private record Magic(String bytes, String name) {}

    private static final Magic[] KNOWN = {
        new Magic("PAR1", "a Parquet file"),
        new Magic("\u00d0\u00cf\u0011\u00e0", "an old Excel workbook (.xls)"),
        new Magic("\u001f\u008b", "a gzip file within a gzip file"),
        new Magic("BZh", "a bzip2 file"),
        new Magic("\u00fd7zXZ", "an xz file"),
        new Magic("(\u00b5/\u00fd", "a Zstandard file"),
        new Magic("7z\u00bc\u00af", "a 7-Zip archive"),
        new Magic("Rar!", "a RAR archive"),
        new Magic("ORC", "an ORC file"),
        new Magic("Obj\u0001", "an Avro file"),
        new Magic("ARROW1", "an Arrow file"),
        new Magic("FEA1", "a Feather file"),
        new Magic("\u0089HDF", "an HDF5 file"),
        new Magic("SQLite format 3", "an SQLite database"),
        new Magic("%PDF", "a PDF document"),
        new Magic("\u0089PNG", "a PNG picture"),
        new Magic("\u00ff\u00d8\u00ff", "a JPEG picture"),
        new Magic("\u007fELF", "a program"),
        new Magic("<!DOCTYPE html", "a web page"),
        new Magic("<!doctype html", "a web page"),
        new Magic("<html", "a web page"),
        new Magic("<?xml", "an XML document"),
    };

    private BinaryKind() {}

    /** What the file is, such as "a Parquet file", or null where nothing speaks against a text table. */
    static @Nullable String of(byte[] head) {
        String text = new String(head, 0, Math.min(head.length, 4096), StandardCharsets.ISO_8859_1);
        if (text.startsWith("PK\u0003\u0004")) {
            return text.contains("[Content_Types].xml") || text.contains("xl/")
                    ? "an Excel workbook (.xlsx)"
                    : "a zip archive";
        }
        for (Magic magic : KNOWN) {
            if (text.startsWith(magic.bytes)) {
                return magic.name;
            }
        }
        String start = text.stripLeading();
        if (start.startsWith("{\"") || start.startsWith("[{") || start.startsWith("{\n")) {
            return "a JSON file";
        }
        return null;
    }
}
