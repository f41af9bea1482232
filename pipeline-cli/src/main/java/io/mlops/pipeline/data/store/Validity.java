package io.mlops.pipeline.data.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.vector.BaseFixedWidthVector;

/** The bitmap that says which rows of a vector have a value, and the memory where the values of eight bytes stand. */
final class Validity {
    private Validity() {}

    /** A bitmap in which every row has a value. */
    static byte[] all(int rows) {
        byte[] valid = new byte[(rows + 7) / 8];
        Arrays.fill(valid, (byte) 0xFF);
        if (rows % 8 != 0) {
            valid[valid.length - 1] = (byte) ((1 << rows % 8) - 1);
        }
        return valid;
    }

    /** Marks a row as missing. */
    static void clear(byte[] valid, int row) {
        valid[row >> 3] &= (byte) ~(1 << (row & 7));
    }

    static ByteBuffer values(BaseFixedWidthVector vector, int rows) {
        return vector.getDataBuffer().nioBuffer(0, rows * 8).order(ByteOrder.LITTLE_ENDIAN);
    }
}
