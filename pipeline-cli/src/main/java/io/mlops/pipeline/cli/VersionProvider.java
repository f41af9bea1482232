package io.mlops.pipeline.cli;

import io.mlops.pipeline.stage.CodeVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        CodeVersion version = CodeVersion.current();
        return new String[] {
            "mlops " + version.version() + " (commit " + version.commit() + ", built of " + version.time() + ")",
            "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }
}
