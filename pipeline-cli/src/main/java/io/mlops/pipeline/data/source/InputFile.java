package io.mlops.pipeline.data.source;

import io.mlops.pipeline.PipelineException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file to be read, unpacked where it is gzip whatever its name, and watched for changes meanwhile. */
final class InputFile {
    /** How much of a file is looked at to tell how it is written. */
    static final int HEAD = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final String name;
    private final boolean packed;
    private final long size;
    private final FileTime modified;

    private InputFile(Path path, String name, boolean packed, long size, FileTime modified) {
        this.path = path;
        this.name = name;
        this.packed = packed;
        this.size = size;
        this.modified = modified;
    }

    /** Looks at the start of a file. */
    static InputFile open(Path path, String name) {
        try {
            long size = Files.size(path);
            FileTime modified = Files.getLastModifiedTime(path);
            if (size == 0) {
                throw PipelineException.data(name + " is empty: it has neither a header nor rows");
            }
            boolean packed;
            try (InputStream in = Files.newInputStream(path)) {
                byte[] magic = in.readNBytes(2);
                packed = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
            }
            return new InputFile(path, name, packed, size, modified);
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    Path path() {
        return path;
    }

    /** What the file is called in messages. */
    String name() {
        return name;
    }

    /** The first bytes, unpacked: {@link #HEAD} of them or the whole file. */
    byte[] head() {
        try (InputStream in = stream()) {
            byte[] head = in.readNBytes(HEAD);
            if (head.length == 0) {
                throw PipelineException.data(name + " is empty once it is unpacked");
            }
            return head;
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /** The bytes of the file, unpacked. */
    InputStream stream() throws IOException {
        InputStream in = Files.newInputStream(path);
        if (!packed) {
            return in;
        }
        try {
            return new GZIPInputStream(new BufferedInputStream(in, BUFFER), BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Refuses a file that is no longer the one that was opened. */
    void checkUnchanged() {
        try {
            if (Files.size(path) != size || !Files.getLastModifiedTime(path).equals(modified)) {
                throw PipelineException.data(
                        name + " changed while it was read: run again once whatever writes it has finished");
            }
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    /** The message a person can act on for a file that cannot be read. */
    static PipelineException failure(String name, IOException e) {
        String message;
        if (e instanceof NoSuchFileException) {
            message = name + " does not exist";
        } else if (e instanceof AccessDeniedException) {
            message = name + " cannot be read: permission denied";
        } else if (e instanceof EOFException) {
            message = name + " is a gzip file that was cut off: it ends in the middle; copy or download it again";
        } else if (e instanceof ZipException) {
            message = name + " is a damaged gzip file (" + e.getMessage() + "): copy or download it again";
        } else {
            message = name + " cannot be read: " + e.getMessage();
        }
        return new PipelineException(PipelineException.Kind.DATA, message, e);
    }
}
