package io.mlops.pipeline.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.SchemaJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of one bundle's folder: none is read unless its digest is the one that the index names. */
final class BundleFiles {
    static final String INDEX = "bundle.json";
    static final String MODEL = "model";

    private static final int FORMAT = 2;

    private static final ObjectMapper JSON =
            SchemaJson.MAPPER.copy().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private final Path folder;

    BundleFiles(Path folder) {
        this.folder = folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    void write(String name, Object value) {
        try {
            Files.writeString(folder.resolve(name), JSON.writeValueAsString(value) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name), e);
        }
    }

    <T> T read(String name, Class<T> type) {
        try {
            T value = JSON.readValue(bytes(name), type);
            if (value == null) {
                throw damaged(name, "holds nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw damaged(name, "is not what a bundle holds: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
        }
    }

    private byte[] bytes(String name) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(name), e);
        }
    }

    /** The digest of every file there is, for the index. */
    SortedMap<String, String> digests() {
        try (Stream<Path> files = Files.walk(folder)) {
            SortedMap<String, String> digests = new TreeMap<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                digests.put(name, sha256(bytes(name)));
            }
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    void writeIndex(String name, String learner, Bundle.Contents contents) {
        write(INDEX, new BundleIndex(FORMAT, name, learner, contents.target(), contents.provenance(), digests()));
    }

    /** The digest of the index, and so of everything. */
    String digest() {
        return sha256(bytes(INDEX));
    }

    /** Reads the index and checks every file that it lists, among them the required ones. */
    BundleIndex verify(List<String> required) {
        if (!Files.isRegularFile(folder.resolve(INDEX))) {
            throw PipelineException.model("there is no model bundle in " + folder + ": it has no file " + INDEX);
        }
        int version = read(INDEX, JsonNode.class).path("format_version").asInt(0);
        if (version > FORMAT) {
            throw PipelineException.model("the bundle " + folder + " has format " + version
                    + ", and this version reads formats up to " + FORMAT + "; use a newer version of the program");
        }
        BundleIndex index = read(INDEX, BundleIndex.class);
        for (String name : required) {
            if (!index.files().containsKey(name)) {
                throw damaged(name, "is not listed in " + INDEX);
            }
        }
        for (Map.Entry<String, String> file : index.files().entrySet()) {
            requireInside(file.getKey());
            if (!Files.isRegularFile(folder.resolve(file.getKey()))) {
                throw damaged(file.getKey(), "is missing");
            }
            if (!sha256(bytes(file.getKey())).equals(file.getValue())) {
                throw damaged(file.getKey(), "has changed since it was written");
            }
        }
        requireListed(index);
        return index;
    }

    /** Refuses names that lead out of the folder, directly or through a link. */
    private void requireInside(String name) {
        boolean plain = !name.isEmpty()
                && !name.contains("\\")
                && !name.contains(":")
                && Stream.of(name.split("/", -1))
                        .noneMatch(part -> List.of("", ".", "..").contains(part));
        if (!plain) {
            throw damaged(name, "leads out of the bundle");
        }
        Path current = folder;
        for (String part : name.split("/")) {
            current = current.resolve(part);
            if (Files.isSymbolicLink(current)) {
                throw damaged(name, "is a link");
            }
        }
    }

    /** Refuses files that a learner might read although nobody vouches for them. */
    private void requireListed(BundleIndex index) {
        try (Stream<Path> files = Files.walk(folder.resolve(MODEL))) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        && !index.files().containsKey(name)) {
                    throw damaged(name, "is not listed in " + INDEX);
                }
            }
        } catch (IOException e) {
            throw damaged(MODEL, "cannot be read");
        }
    }

    PipelineException damaged(String name, String problem) {
        return PipelineException.model(
                "the bundle " + folder + " is damaged: its file '" + name + "' " + problem + "; train the model again");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
