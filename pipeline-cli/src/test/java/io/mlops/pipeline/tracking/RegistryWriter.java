package io.mlops.pipeline.tracking;

import java.io.IOException;
import java.nio.file.Path;

/** Registers and promotes bundles of its own, one after the other; runs in a process of its own. */
final class RegistryWriter {
    private RegistryWriter() {}

    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], Integer.parseInt(arguments[3]));
    }

    static void write(Path models, Path work, String writer, int versions) throws IOException {
        for (int i = 0; i < versions; i++) {
            ModelRegistry registry = new LocalModelRegistry(models, "credit");
            Path bundle = SmallBundle.write(work, writer + "-" + i);
            int version = registry.register(bundle, ModelRegistryContract.on("2026-01-01"))
                    .number();
            registry.promote(version, writer, "mine");
        }
    }
}
