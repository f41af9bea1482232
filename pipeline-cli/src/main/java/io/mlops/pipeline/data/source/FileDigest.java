package io.mlops.pipeline.data.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of files as they lie on the disk. */
public final class FileDigest {
    private FileDigest() {}

    /** The digest of one file, in hexadecimal digits. */
    public static String of(Path file) {
        return HexFormat.of().formatHex(digest(file));
    }

    /** The digest of the digests of several files, which depends on their order and not on their names. */
    public static String of(List<Path> files) {
        MessageDigest all = sha256();
        files.forEach(file -> all.update(digest(file)));
        return HexFormat.of().formatHex(all.digest());
    }

    private static byte[] digest(Path file) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        } catch (IOException e) {
            throw InputFile.failure(file.toString(), e);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
