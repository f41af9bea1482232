package io.mlops.pipeline.features.step;

import java.util.ArrayList;
import java.util.List;

/**
 * For each of some words, how often the text has it, times its rarity; each text scaled to length 1. As scikit-learn's
 * {@code TfidfTransformer} does by default.
 *
 * @param longest how many words in a row make one term at most
 * @param terms the terms
 * @param rarity for each term, {@code ln((1 + texts) / (1 + texts with the term)) + 1}
 */
public record TfIdf(int longest, Vocabulary terms, List<Double> rarity) implements TextEncoding {
    public TfIdf {
        rarity = List.copyOf(rarity);
        if (terms.size() != rarity.size() || terms.size() == 0) {
            throw new IllegalArgumentException("tfidf needs one rarity for each term");
        }
    }

    /** Fits to the terms of the training rows: those in most texts, but not in all. */
    public static TfIdf fit(TermSummary summary, int longest, List<String> terms) {
        List<Double> rarity = new ArrayList<>();
        for (String term : terms) {
            rarity.add(Math.log((1.0 + summary.texts()) / (1.0 + summary.texts(term))) + 1);
        }
        return new TfIdf(longest, new Vocabulary(terms), rarity);
    }

    @Override
    public List<Output> outputs(String column) {
        return terms.words().stream()
                .map(term -> Output.number(column + "~\"" + term + "\""))
                .toList();
    }

    @Override
    public int width() {
        return terms.size();
    }

    @Override
    public void encode(String text, double[] numbers, int at) {
        for (String gram : Words.grams(text, longest)) {
            int term = terms.indexOf(gram);
            if (term >= 0) {
                numbers[at + term] += rarity.get(term);
            }
        }
        TextEncoding.normalise(numbers, at, at + terms.size());
    }
}
