package io.mlops.pipeline.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** SHA-256 over files and texts, as hexadecimal. */
final class Digests {
    private static final int BUFFER = 1 << 17;

    /** Smaller files are read again each time, which is quick. */
    private static final long LARGE = 1 << 20;

    /** What this process has digested, so that a large file is not read again each time a stage asks for it. */
    private static final Map<Version, String> KNOWN = new ConcurrentHashMap<>();

    private Digests() {}

    /** A file as it stands now, under whatever name: a change of its content changes its size or time. */
    private record Version(Object file, long size, FileTime modified) {
        static Version of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Object identity = now.fileKey() == null ? file.toAbsolutePath() : now.fileKey();
            return new Version(identity, now.size(), now.lastModifiedTime());
        }
    }

    static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static String of(Path file) {
        try {
            Version version = Version.of(file);
            if (version.size() < LARGE) {
                return read(file);
            }
            String known = KNOWN.get(version);
            if (known == null) {
                known = read(file);
                KNOWN.put(version, known);
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The digest of every file below a folder, by its path within it, with forward slashes. */
    static Map<String, String> ofFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            Map<String, String> digests = new TreeMap<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                digests.put(folder.relativize(file).toString().replace('\\', '/'), of(file));
            }
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
