package io.mlops.pipeline.features.interaction;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows divided by a column.
 *
 * @param places the bin of each row
 * @param count how many bins there are
 */
record Bins(int[] places, int count) {
    /** From so many numbers the bounds of bins are found. */
    private static final int LOOKED_AT = 1_000;

    /** Bins with about as many numbers each, and one for missing ones. */
    static Bins ofNumbers(double[] numbers, int most) {
        int step = Math.max(1, numbers.length / LOOKED_AT);
        double[] sorted = IntStream.range(0, numbers.length / step)
                .mapToDouble(i -> numbers[i * step])
                .filter(number -> !Double.isNaN(number))
                .sorted()
                .toArray();
        double[] bounds = IntStream.range(1, most)
                .filter(i -> sorted.length > 0)
                .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / most)])
                .distinct()
                .toArray();
        int[] places = new int[numbers.length];
        for (int row = 0; row < places.length; row++) {
            if (Double.isNaN(numbers[row])) {
                places[row] = bounds.length + 1;
            } else {
                int found = Arrays.binarySearch(bounds, numbers[row]);
                places[row] = found >= 0 ? found + 1 : -found - 1;
            }
        }
        return new Bins(places, bounds.length + 2);
    }

    /** A bin for each of the most frequent words and for missing ones, and one for all others. */
    static Bins ofWords(String[] words, int most) {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : words) {
            counts.merge(word, 1, Integer::sum);
        }
        List<String> kept = counts.keySet().stream()
                .sorted(Comparator.comparing((String word) -> -counts.getOrDefault(word, 0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
        Map<String, Integer> placeOfWord = new HashMap<>();
        kept.forEach(word -> placeOfWord.put(word, placeOfWord.size()));
        int[] places = Arrays.stream(words)
                .mapToInt(word -> placeOfWord.getOrDefault(word, kept.size()))
                .toArray();
        return new Bins(places, kept.size() + 1);
    }

    /** One bin for all rows. */
    static Bins one(int rows) {
        return new Bins(new int[rows], 1);
    }

    /** A bin for each pair of bins. */
    Bins with(Bins other) {
        int[] both = new int[places.length];
        Arrays.setAll(both, row -> places[row] * other.count + other.places[row]);
        return new Bins(both, Math.multiplyExact(count, other.count));
    }
}
