package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.Accumulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.StringColumn;

/**
 * In how many texts each term occurs, and how long the texts are.
 *
 * <p>Exact up to a number of distinct terms; when twice as many are held, the rarer half is forgotten.
 */
public final class TermCounts implements Accumulator<StringColumn, TermCounts, TermSummary> {
    private static final Comparator<Map.Entry<String, Long>> FREQUENT_FIRST =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    private final int limit;
    private final int longest;
    private final Map<String, Long> texts = new HashMap<>();
    private final NumberSketch lengths = new NumberSketch(1024);
    private final NumberSketch words = new NumberSketch(1024);

    /**
     * @param limit the most terms that are surely told apart
     * @param longest how many words in a row make one term at most
     */
    public TermCounts(int limit, int longest) {
        this.limit = limit;
        this.longest = longest;
    }

    @Override
    public void accept(StringColumn column) {
        for (int row = 0; row < column.size(); row++) {
            String text = column.get(row);
            if (text.isEmpty()) {
                lengths.add(Double.NaN, 1);
                words.add(Double.NaN, 1);
                continue;
            }
            lengths.add(text.codePointCount(0, text.length()), 1);
            words.add(Words.of(text).size(), 1);
            new HashSet<>(Words.grams(text, longest)).forEach(term -> texts.merge(term, 1L, Long::sum));
        }
        prune();
    }

    @Override
    public void merge(TermCounts other) {
        other.texts.forEach((term, count) -> texts.merge(term, count, Long::sum));
        lengths.merge(other.lengths);
        words.merge(other.words);
        prune();
    }

    @Override
    public TermSummary finish() {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(texts.entrySet());
        sorted.sort(FREQUENT_FIRST);
        return new TermSummary(
                sorted.stream()
                        .map(entry -> new TermSummary.Term(entry.getKey(), entry.getValue()))
                        .toList(),
                lengths.finish(),
                words.finish());
    }

    private void prune() {
        if (texts.size() > 2L * limit) {
            List<Map.Entry<String, Long>> sorted = new ArrayList<>(texts.entrySet());
            sorted.sort(FREQUENT_FIRST);
            List<String> rare = sorted.subList(limit, sorted.size()).stream()
                    .map(Map.Entry::getKey)
                    .toList();
            rare.forEach(texts::remove);
        }
    }
}
