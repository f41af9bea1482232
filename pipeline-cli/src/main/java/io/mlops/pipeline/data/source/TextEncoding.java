package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the bytes of a file become characters.
 *
 * @param charset the encoding, or null for UTF-8 that falls back to Windows-1252 where a byte is not UTF-8
 * @param mark how many bytes the byte order mark takes
 */
record TextEncoding(@Nullable Charset charset, int mark) {

    /** The encoding that the settings name, or else the one the first bytes tell. */
    static TextEncoding of(byte[] head, @Nullable String name) {
        boolean utf8 = starts(head, 0xef, 0xbb, 0xbf);
        boolean little = starts(head, 0xff, 0xfe);
        boolean big = starts(head, 0xfe, 0xff);
        if (name != null) {
            Charset charset = charset(name);
            if (charset.equals(StandardCharsets.UTF_8)) {
                return new TextEncoding(null, utf8 ? 3 : 0);
            }
            String canonical = charset.name();
            if (canonical.equals("UTF-16")) {
                charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            }
            return new TextEncoding(charset, canonical.startsWith("UTF-16") && (little || big) ? 2 : 0);
        }
        if (utf8) {
            return new TextEncoding(null, 3);
        }
        if (little) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        return big ? new TextEncoding(StandardCharsets.UTF_16BE, 2) : new TextEncoding(null, 0);
    }

    private static boolean starts(byte[] head, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new PipelineException(
                    PipelineException.Kind.USAGE,
                    "data.format.encoding: '" + name + "' is no known encoding; common ones are utf-8, windows-1252,"
                            + " iso-8859-15, utf-16",
                    e);
        }
    }

    /** The name to write into the settings. */
    String label() {
        return charset == null ? "utf-8" : charset.name().toLowerCase(Locale.ROOT);
    }

    /** Reads the characters of a stream that stands at its start. */
    Reader reader(InputStream in) throws IOException {
        in.skipNBytes(mark);
        return charset == null ? new LenientUtf8Reader(in) : new NulCheckingReader(new InputStreamReader(in, charset));
    }
}
