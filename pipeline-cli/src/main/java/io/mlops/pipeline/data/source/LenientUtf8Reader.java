package io.mlops.pipeline.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Reads UTF-8, and each byte that cannot be UTF-8 as Windows-1252: so one pass reads either encoding, without knowing
 * beforehand which one the end of the file will turn out to need.
 */
final class LenientUtf8Reader extends Reader {
    /** Windows-1252 from 0x80 to 0x9F; the five codes without a character stay control characters, as browsers read them. */
    private static final String WINDOWS_1252 =
            "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039"
                    + "\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a"
                    + "\u0153\u009d\u017e\u0178";

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long consumed;
    private boolean ended;
    private char pending;
    private long sequences;
    private long strays;

    LenientUtf8Reader(InputStream in) {
        this.in = in;
    }

    /** How many characters beyond ASCII were UTF-8. */
    long sequences() {
        return sequences;
    }

    /** How many bytes were not UTF-8. */
    long strays() {
        return strays;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int out = offset;
        int end = offset + length;
        while (out < end) {
            if (pending != 0) {
                target[out++] = pending;
                pending = 0;
            } else if (position == limit && !fill()) {
                break;
            } else {
                out = copyAscii(target, out, end);
                if (out < end && position < limit) {
                    out = decode(target, out);
                }
            }
        }
        return out == offset && length > 0 ? -1 : out - offset;
    }

    private int copyAscii(char[] target, int from, int end) {
        int out = from;
        int in = position;
        int stop = Math.min(limit, position + end - from);
        while (in < stop) {
            byte b = buffer[in];
            if (b <= 0) {
                break;
            }
            target[out++] = (char) b;
            in++;
        }
        position = in;
        return out;
    }

    private int decode(char[] target, int out) throws IOException {
        int first = buffer[position] & 0xff;
        if (first == 0) {
            throw new NulByteException(consumed + position);
        }
        int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
        while (limit - position < length && fill()) {
            // until the sequence is whole or the file ends
        }
        int code = codePoint(first, length);
        if (code < 0) {
            strays++;
            position++;
            target[out] = first < 0xa0 ? WINDOWS_1252.charAt(first - 0x80) : (char) first;
            return out + 1;
        }
        sequences++;
        position += length;
        if (code > 0xffff) {
            target[out] = Character.highSurrogate(code);
            pending = Character.lowSurrogate(code);
        } else {
            target[out] = (char) code;
        }
        return out + 1;
    }

    /** The code point of the sequence at the position, or -1 where it is not well-formed (Unicode, table 3-7). */
    private int codePoint(int first, int length) {
        if (first < 0xc2 || first > 0xf4 || limit - position < length) {
            return -1;
        }
        int code = first & (0xff >> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = buffer[position + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                return -1;
            }
            code = (code << 6) | (next & 0x3f);
        }
        boolean overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
        boolean surrogate = code >= 0xd800 && code <= 0xdfff;
        return overlong || surrogate || code > 0x10ffff ? -1 : code;
    }

    /** Reads further bytes behind those not yet used; false at the end. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        int rest = limit - position;
        System.arraycopy(buffer, position, buffer, 0, rest);
        consumed += position;
        position = 0;
        limit = rest;
        int count = in.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            ended = true;
            return false;
        }
        limit += count;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
