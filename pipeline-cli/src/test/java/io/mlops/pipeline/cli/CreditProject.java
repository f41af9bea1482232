package io.mlops.pipeline.cli;

import io.mlops.pipeline.data.sample.CreditSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small project on generated applications for credit. */
final class CreditProject {
    private CreditProject() {}

    /**
     * Writes table and configuration.
     *
     * @param name of the model
     * @param folds of the cross-validation; 0 for none
     */
    static Path write(Path folder, String name, String family, int folds) throws IOException {
        Files.createDirectories(folder);
        CreditSample.defaults().withRows(400).write(folder.resolve("credit.csv"));
        Files.writeString(folder.resolve("pipeline.yaml"), """
                name: %s
                data:
                  source: credit.csv
                  target: default
                train:
                  model: %s
                  cross_validation:
                    folds: %d
                    repeats: 1
                """.formatted(name, family, folds));
        return folder;
    }
}
