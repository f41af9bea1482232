package io.mlops.pipeline.cli;

import io.mlops.pipeline.tracking.ModelRegistry;
import java.util.Map;
import picocli.CommandLine.Command;

/** Makes the champion before this one the champion again. */
@Command(
        name = "rollback",
        description = "Make the champion before this one the champion again.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class RollbackCommand extends RegistryCommand {
    @Override
    public Integer call() {
        ModelRegistry registry = registry();
        return done("rollback", registry, registry.rollback(user(), reason()), Map.of("alias", ModelRegistry.CHAMPION));
    }
}
