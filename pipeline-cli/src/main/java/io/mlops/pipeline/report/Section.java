package io.mlops.pipeline.report;

import java.util.List;

/**
 * A part of the page.
 *
 * @param id its place in the address: lower-case letters and dashes
 * @param sentence what it says, for a person who is not an expert
 */
public record Section(String id, String title, String sentence, List<Block> blocks) {
    public Section {
        blocks = List.copyOf(blocks);
    }
}
