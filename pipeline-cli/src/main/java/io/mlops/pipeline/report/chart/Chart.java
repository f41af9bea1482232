package io.mlops.pipeline.report.chart;

import java.util.List;

/**
 * A picture with its alternative in words and numbers.
 *
 * @param id unique on its page: lower-case letters, digits and dashes
 * @param title what is shown
 * @param description what it says, for a person who cannot see it and for one who is not an expert
 * @param svg a complete SVG document that carries the title and the description
 * @param header the names of the columns of the numbers behind it
 * @param rows the numbers behind it, as text; empty where they would not help
 */
public record Chart(
        String id, String title, String description, String svg, List<String> header, List<List<String>> rows) {
    public Chart {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
