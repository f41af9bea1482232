package io.mlops.pipeline.cli;

import io.mlops.pipeline.tracking.ModelRegistry;
import io.mlops.pipeline.tracking.ModelVersion;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a version the champion. */
@Command(
        name = "promote",
        description = "Point an alias to a registered version; the champion is what predict uses.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class PromoteCommand extends RegistryCommand {
    @Parameters(paramLabel = "VERSION", description = "The number of the version.")
    int version;

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            defaultValue = ModelRegistry.CHAMPION,
            description = "The alias; ${DEFAULT-VALUE} where absent.")
    String alias = ModelRegistry.CHAMPION;

    @Override
    public Integer call() {
        ModelRegistry registry = registry();
        ModelVersion moved;
        if (alias.equals(ModelRegistry.CHAMPION)) {
            moved = registry.promote(version, user(), reason());
        } else {
            registry.point(alias, version, user(), reason());
            moved = registry.version(version);
        }
        return done("promote", registry, moved, Map.of("alias", alias));
    }
}
