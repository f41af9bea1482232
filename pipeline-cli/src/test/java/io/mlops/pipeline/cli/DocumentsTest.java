package io.mlops.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.config.ConfigLoader;
import io.mlops.pipeline.config.SchemaFile;
import io.mlops.pipeline.features.step.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say without running anything. */
class DocumentsTest {
    @TempDir
    Path folder;

    static Stream<Path> pages() throws IOException {
        return Documents.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        List<String> broken = new ArrayList<>();
        for (String link : Documents.links(page)) {
            if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
                broken.add(link);
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(Documents.TOP.resolve(target))
                && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The names that headings get on the web. */
    private static Set<String> anchors(Path page) {
        return Documents.prose(page)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** Blocks of other kinds are never run. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandStandsInABlockThatIsRun(Path page) {
        assertThat(Documents.blocks(page))
                .filteredOn(block -> !block.language().equals("sh"))
                .flatExtracting(block -> block.text().lines().toList())
                .noneMatch(line -> line.matches("(\\./)?mlops .*"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyConfigurationShownCanBeRead(Path page) throws IOException {
        for (Documents.Block block : Documents.blocks(page, "yaml")) {
            Path file = Files.writeString(folder.resolve("shown.yaml"), block.text());
            if (block.text().startsWith("columns:")) {
                assertThat(SchemaFile.read(file).columns()).isNotEmpty();
            } else {
                ConfigLoader.load(file, null, Map.of(), Map.of());
            }
        }
    }

    @Test
    void theReadmeNamesEveryCommand() {
        String readme = Documents.text(Path.of("README.md"));
        assertThat(new picocli.CommandLine(new Main()).getSubcommands().keySet())
                .filteredOn(command -> !command.equals("help"))
                .allSatisfy(command -> assertThat(readme).contains("`" + command + "`"));
    }

    @Test
    void everyHowToPageIsListed() throws IOException {
        String readme = Documents.text(Path.of("README.md"));
        assertThat(Documents.all())
                .filteredOn(page -> page.startsWith("docs/how-to"))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(readme).contains("(" + page + ")"));
    }

    @Test
    void everyPreprocessingStepIsDescribed() {
        String page = Documents.text(Path.of("docs", "reference", "preprocessor.md"));
        assertThat(Steps.ALL.keySet()).allSatisfy(step -> assertThat(page).contains("`" + step + "`"));
    }

    @Test
    void everyExitCodeIsExplained() {
        String page = Documents.text(Path.of("docs", "reference", "exit-codes.md"));
        for (ExitCode code : ExitCode.values()) {
            assertThat(page).contains("\n| " + code.code() + " |");
        }
    }
}
