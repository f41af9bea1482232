package io.mlops.pipeline.features.step;

import java.util.List;

/**
 * The terms of a text column.
 *
 * @param terms the terms, those in most texts first
 * @param lengths how many characters the texts have
 * @param words how many words the texts have
 */
public record TermSummary(List<Term> terms, Distribution lengths, Distribution words) {
    /**
     * One term.
     *
     * @param texts in how many texts it occurs
     */
    public record Term(String term, long texts) {}

    public TermSummary {
        terms = List.copyOf(terms);
    }

    /** How many texts there are, missing ones not counted. */
    public long texts() {
        return lengths.count();
    }

    long texts(String term) {
        return terms.stream()
                .filter(each -> each.term().equals(term))
                .mapToLong(Term::texts)
                .findFirst()
                .orElse(0);
    }

    /** The terms in most texts, but not in all; of those in at least so many. */
    public List<String> commonest(int most, long atLeast) {
        return terms.stream()
                .filter(each -> each.texts() >= atLeast && each.texts() < texts())
                .limit(most)
                .map(Term::term)
                .toList();
    }
}
