package io.mlops.pipeline.stage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which code is running.
 *
 * @param version the release
 * @param commit the short id of the commit it was built from, with {@code -dirty} where files had changed; or
 *     {@code unknown}
 * @param time when that commit was made, so that two builds of it are equal
 */
public record CodeVersion(String version, String commit, String time) {
    /** The version of this jar. */
    public static CodeVersion current() {
        Properties properties = new Properties();
        try (InputStream in = CodeVersion.class.getResourceAsStream("/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean dirty = Boolean.parseBoolean(properties.getProperty("git.dirty", "false"));
        return new CodeVersion(
                properties.getProperty("git.build.version", "unknown"),
                properties.getProperty("git.commit.id.abbrev", "unknown") + (dirty ? "-dirty" : ""),
                properties.getProperty("git.commit.time", "unknown"));
    }

    /** Version and commit in one word, as manifests hold it. */
    public String id() {
        return version + "+" + commit;
    }
}
