package io.mlops.pipeline.features.step;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Distinct words in a fixed order, found by word; a plain list in JSON. */
public final class Vocabulary {
    private final List<String> words;
    private final Map<String, Integer> positions;

    @JsonCreator
    public Vocabulary(List<String> words) {
        this.words = List.copyOf(words);
        positions = new HashMap<>(words.size() * 2);
        for (int i = 0; i < words.size(); i++) {
            if (positions.put(words.get(i), i) != null) {
                throw new IllegalArgumentException("'" + words.get(i) + "' stands twice among the words");
            }
        }
    }

    @JsonValue
    public List<String> words() {
        return words;
    }

    public int size() {
        return words.size();
    }

    /** The word's place, from 0 on; -1 where it is not among these. */
    public int indexOf(String word) {
        Integer position = positions.get(word);
        return position == null ? -1 : position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && words.equals(vocabulary.words);
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
