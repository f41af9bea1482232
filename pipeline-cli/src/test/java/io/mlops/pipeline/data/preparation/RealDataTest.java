package io.mlops.pipeline.data.preparation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.inference.Inference;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import io.mlops.pipeline.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs the data sets of MLOPS_TEST_DATA; skipped where they are absent. */
class RealDataTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "german_credit_modified.csv, kredit, 992, 28",
        "telco_churn.csv, Churn, 7043, 0",
        "hypothyroid.csv, Class, 3770, 2",
        "california_housing.csv.gz, median_house_value, 20640, 0",
        "nyc_taxis.csv, total, 6433, 0",
        "titanic.csv, Survived, 891, 0",
    })
    void preparesWhatWasInferred(String name, String target, long usable, long rejected) {
        Path data =
                Path.of(Optional.ofNullable(System.getenv("MLOPS_TEST_DATA")).orElse("../../shared/data"));
        Path file = data.resolve(name);
        assumeTrue(Files.exists(file), "no test data");
        DataSettings settings = DataSettings.defaults();
        Source source = Sources.open(file.toString(), settings.format());
        Inference inference = Inference.infer(source, settings, target);

        PreparedData prepared = new Preparation(
                        inference.schema(),
                        TargetChoice.of(inference.target()),
                        inference.settings(),
                        42,
                        Progress.NONE)
                .prepare(source, null, folder);

        assertThat(prepared.train().count() + prepared.test().count()).isEqualTo(usable);
        assertThat(prepared.validation().rowsRead()).isEqualTo(usable + rejected);
        assertThat((double) prepared.test().count() / usable).isBetween(0.17, 0.22);
        assertThat(prepared.schema().target()).isEqualTo(inference.target());
    }
}
