package io.mlops.pipeline.report;

import java.util.List;

/**
 * A report as the templates show it: text and finished charts only.
 *
 * @param kind what it reports on
 * @param level how good the news is
 * @param verdict the news in a few words
 * @param summary the news in a few sentences
 * @param facts the numbers a reader asks for first
 */
public record Page(
        String kind,
        String title,
        String subtitle,
        Block.Level level,
        String verdict,
        List<String> summary,
        List<Block.Fact> facts,
        List<Section> sections) {
    public Page {
        summary = List.copyOf(summary);
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }
}
