package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a user names a model: a folder, {@code name@champion}, {@code name/3}, or either after {@code models:/}. */
public sealed interface ModelReference {
    /** A bundle's folder. */
    record Folder(Path path) implements ModelReference {}

    /** Whatever an alias points to. */
    record Alias(String model, String alias) implements ModelReference {}

    /** One version. */
    record Version(String model, int number) implements ModelReference {}

    /** Reads a reference; a folder that exists is preferred to a version of the same spelling. */
    static ModelReference parse(String text) {
        Matcher registered = Patterns.REGISTERED.matcher(text);
        boolean address = text.startsWith(Patterns.SCHEME);
        if (registered.matches() && (address || !Files.isDirectory(path(text)))) {
            String model = ModelNames.model(registered.group("model"));
            return registered.group("alias") == null
                    ? new Version(model, number(registered.group("number"), text))
                    : new Alias(model, ModelNames.alias(registered.group("alias")));
        }
        if (address) {
            throw PipelineException.usage(
                    "'" + text + "' does not name a model: write models:/name@alias or models:/name/3");
        }
        return new Folder(path(text));
    }

    /**
     * The folder of the bundle that is meant.
     *
     * @param registries the registry of a model, by its name
     * @throws PipelineException where there is no such model, version or alias, or no bundle in the folder
     */
    default Path folder(Function<String, ModelRegistry> registries) {
        if (this instanceof Alias alias) {
            ModelRegistry registry = registries.apply(alias.model());
            ModelVersion version = registry.alias(alias.alias())
                    .orElseThrow(() -> PipelineException.usage("model '" + alias.model() + "' has no alias '"
                            + alias.alias() + "'; it has " + registry.aliases().keySet()));
            return registry.folder(version.number());
        }
        if (this instanceof Version version) {
            return registries.apply(version.model()).folder(version.number());
        }
        Path path = ((Folder) this).path();
        if (!Files.isRegularFile(path.resolve(BundleFolders.MARK))) {
            throw PipelineException.usage("there is no model in '" + path + "' (no " + BundleFolders.MARK
                    + "); give a bundle's folder, name@alias or name/3");
        }
        return path;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw PipelineException.usage("'" + text + "' names neither a folder nor a model: " + e.getReason());
        }
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw PipelineException.usage("'" + text + "' does not name a version: the number is too large");
        }
    }

    /** Keeps the patterns out of the interface. */
    final class Patterns {
        static final String SCHEME = "models:/";
        static final Pattern REGISTERED =
                Pattern.compile("(?:models:/)?(?<model>[^/@\\\\]+)(?:@(?<alias>[^/@]+)|/(?<number>[0-9]+))");

        private Patterns() {}
    }
}
