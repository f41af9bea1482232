package io.mlops.pipeline.features.step;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The words of a text: its longest runs of letters, in lower case, and of digits; {@code C85} is {@code c} and {@code 85}. */
final class Words {
    private Words() {}

    /** The words of a text, in order. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inDigits = false;
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            boolean digit = Character.isDigit(point);
            boolean part = digit || Character.isLetter(point);
            if (word.length() > 0 && (!part || digit != inDigits)) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (part) {
                word.appendCodePoint(Character.toLowerCase(point));
                inDigits = digit;
            }
        }
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    /** The runs of 1 to {@code longest} words, joined by single blanks. */
    static List<String> grams(String text, int longest) {
        List<String> words = of(text);
        if (longest == 1) {
            return words;
        }
        List<String> grams = new ArrayList<>(words);
        for (int length = 2; length <= longest; length++) {
            for (int from = 0; from + length <= words.size(); from++) {
                grams.add(String.join(" ", words.subList(from, from + length)));
            }
        }
        return grams;
    }

    /** FNV-1a with 64 bits over the UTF-8 bytes, chosen since every language has it in three lines. */
    static long hash(String gram) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : gram.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
