package io.mlops.pipeline.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A small set of words that is asked about ranges of a buffer, regardless of case. */
public final class Tokens {
    /** No words. */
    public static final Tokens NONE = of(List.of());

    private final List<String> words;
    private final char[][][] byLength;

    /** Whether a word begins with a character, for those of ASCII: it spares most cells the search. */
    private final boolean[] begins = new boolean[128];

    private Tokens(List<String> words) {
        this.words = words;
        int longest = words.stream().mapToInt(String::length).max().orElse(0);
        this.byLength = new char[longest + 1][][];
        for (String word : words) {
            char first = fold(word.charAt(0));
            for (char c = 0; c < begins.length; c++) {
                begins[c] |= fold(c) == first;
            }
        }
        for (int length = 0; length <= longest; length++) {
            int wanted = length;
            byLength[length] = words.stream()
                    .filter(word -> word.length() == wanted)
                    .map(Tokens::fold)
                    .toArray(char[][]::new);
        }
    }

    /** The words, without the blanks around them; the empty word is left out. */
    public static Tokens of(Collection<String> words) {
        return new Tokens(words.stream()
                .map(Cells::trim)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList());
    }

    /** These words and further ones. */
    public Tokens and(Collection<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(words);
        all.addAll(more);
        return of(all);
    }

    /** The words as they were given. */
    public List<String> words() {
        return words;
    }

    /** Whether the range is one of the words. */
    public boolean contains(char[] buffer, int offset, int length) {
        if (length == 0 || length >= byLength.length) {
            return false;
        }
        char first = buffer[offset];
        if (first < begins.length && !begins[first]) {
            return false;
        }
        for (char[] word : byLength[length]) {
            int position = 0;
            while (position < length && fold(buffer[offset + position]) == word[position]) {
                position++;
            }
            if (position == length) {
                return true;
            }
        }
        return false;
    }

    /** Whether the text is one of the words. */
    public boolean contains(String text) {
        return contains(text.toCharArray(), 0, text.length());
    }

    private static char[] fold(String word) {
        char[] folded = word.toCharArray();
        for (int position = 0; position < folded.length; position++) {
            folded[position] = fold(folded[position]);
        }
        return folded;
    }

    private static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
        }
        return Character.toLowerCase(c);
    }
}
