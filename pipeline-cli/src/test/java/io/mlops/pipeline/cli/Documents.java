package io.mlops.pipeline.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that the project shows to people. */
final class Documents {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    private Documents() {}

    /** A fenced block of a page. */
    record Block(String language, String text) {}

    /** All pages, by their path in the checkout. */
    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(
                List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md"), Path.of("data", "README.md")));
        try (Stream<Path> files = Files.walk(TOP.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .map(TOP::relativize)
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }

    static String text(Path page) {
        try {
            return Files.readString(TOP.resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Block> blocks(Path page) {
        return BLOCK.matcher(text(page))
                .results()
                .map(match -> new Block(match.group(1), match.group(2)))
                .toList();
    }

    static List<Block> blocks(Path page, String language) {
        return blocks(page).stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** The page without its blocks, whose brackets are no links. */
    static String prose(Path page) {
        return BLOCK.matcher(text(page)).replaceAll("").replaceAll("`[^`\\n]*`", "");
    }

    /** What a page links to, pictures included. */
    static List<String> links(Path page) {
        Matcher links = Pattern.compile("\\]\\(([^)\\s]+)\\)").matcher(prose(page));
        return links.results().map((MatchResult link) -> link.group(1)).toList();
    }
}
