package io.mlops.pipeline.tracking.mlflow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Python package that scores with a bundle.
 *
 * @param module its name, with the digest of its code: a Python process keeps one package of a name, and may load models
 *     whose code differs
 * @param files the text of each file
 */
record ScorerCode(String module, Map<String, byte[]> files) {
    private static final String PACKAGE = "mlops_scorer";

    /** The files of the package. */
    static final String[] NAMES = {
        "__init__.py",
        "cells.py",
        "columns.py",
        "dates.py",
        "forest.py",
        "kernel.py",
        "learners.py",
        "lightgbm.py",
        "neighbours.py",
        "network.py",
        "outputs.py",
        "network.py",
        "probabilities.py",
        "regions.py",
        "scorer.py",
        "steps.py"
    };

    /** The package that came with this program. */
    static ScorerCode read() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        MessageDigest digest = sha256();
        for (String name : NAMES) {
            try (InputStream file = ScorerCode.class.getResourceAsStream(PACKAGE + "/" + name)) {
                if (file == null) {
                    throw new IllegalStateException("the program lacks its file " + name);
                }
                byte[] text = file.readAllBytes();
                files.put(name, text);
                digest.update(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new ScorerCode(PACKAGE + "_" + HexFormat.of().formatHex(digest.digest(), 0, 4), files);
    }

    /** Writes the package below a folder. */
    void write(Path folder) throws IOException {
        Path home = Files.createDirectories(folder.resolve(module));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(home.resolve(file.getKey()), file.getValue());
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
