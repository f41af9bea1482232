package io.mlops.pipeline.data.store;

import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.CharLevels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/**
 * Texts as plain UTF-8.
 *
 * <p>Not dictionary-encoded: a file has one dictionary, which the first chunk would have to know whole, and which would
 * carry the levels of test rows into the file of training rows.
 */
final class StringCodec implements ColumnCodec {
    private final String name;
    private final CharLevels levels = new CharLevels();
    private char[] characters = new char[64];

    StringCodec(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Field field() {
        return Field.nullable(name, ArrowType.Utf8.INSTANCE);
    }

    @Override
    public void write(Column<?> column, FieldVector vector) {
        CategoryCodes cells = CategoryCodes.of((StringColumn) column);
        byte[][] encoded = new byte[cells.levels().size()][];
        for (int code = 0; code < encoded.length; code++) {
            encoded[code] = cells.levels().get(code).getBytes(StandardCharsets.UTF_8);
        }
        int rows = cells.codes().length;
        byte[] valid = Validity.all(rows);
        int[] ends = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            int code = cells.codes()[row];
            if (code == CategoryCodes.MISSING) {
                Validity.clear(valid, row);
                ends[row + 1] = ends[row];
            } else {
                ends[row + 1] = Math.addExact(ends[row], encoded[code].length);
            }
        }
        byte[] text = new byte[ends[rows]];
        for (int row = 0; row < rows; row++) {
            int code = cells.codes()[row];
            if (code != CategoryCodes.MISSING) {
                copy(encoded[code], text, ends[row]);
            }
        }
        VarCharVector texts = (VarCharVector) vector;
        texts.allocateNew(Math.max(1, text.length), rows);
        texts.getDataBuffer().setBytes(0, text);
        offsets(texts.getOffsetBuffer(), rows).asIntBuffer().put(ends);
        texts.getValidityBuffer().setBytes(0, valid);
        texts.setLastSet(rows - 1);
        texts.setValueCount(rows);
    }

    /** Copies a few bytes faster than a call for an array copy would. */
    private static void copy(byte[] from, byte[] to, int offset) {
        if (from.length > 32) {
            System.arraycopy(from, 0, to, offset, from.length);
            return;
        }
        for (int i = 0; i < from.length; i++) {
            to[offset + i] = from[i];
        }
    }

    private static ByteBuffer offsets(ArrowBuf buffer, int rows) {
        return buffer.nioBuffer(0, (rows + 1) * 4).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public Column<?> read(FieldVector vector, int rows) {
        VarCharVector texts = (VarCharVector) vector;
        int[] ends = new int[rows + 1];
        offsets(texts.getOffsetBuffer(), rows).asIntBuffer().get(ends);
        byte[] text = new byte[ends[rows]];
        texts.getDataBuffer().getBytes(0, text);
        int[] codes = new int[rows];
        for (int row = 0; row < rows; row++) {
            int length = ends[row + 1] - ends[row];
            codes[row] = length == 0 ? CategoryCodes.MISSING : code(text, ends[row], length);
        }
        return new CategoryCodes(codes, levels.nextChunk()).toColumn(name);
    }

    private int code(byte[] text, int offset, int length) {
        if (characters.length < length) {
            characters = new char[length * 2];
        }
        for (int i = 0; i < length; i++) {
            byte each = text[offset + i];
            if (each < 0) {
                char[] decoded = new String(text, offset, length, StandardCharsets.UTF_8).toCharArray();
                return levels.code(decoded, 0, decoded.length);
            }
            characters[i] = (char) each;
        }
        return levels.code(characters, 0, length);
    }
}
