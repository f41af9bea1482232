package io.mlops.pipeline.data.source;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Refuses text with a NUL in it, which no table has. */
final class NulCheckingReader extends FilterReader {
    private long consumed;

    NulCheckingReader(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        for (int i = 0; i < count; i++) {
            if (target[offset + i] == 0) {
                throw new NulByteException(consumed + i);
            }
        }
        consumed += Math.max(0, count);
        return count;
    }
}
