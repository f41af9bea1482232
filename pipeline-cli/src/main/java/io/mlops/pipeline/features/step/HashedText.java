package io.mlops.pipeline.features.step;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often the words of a text fall into each of some buckets, by the hash of the word; each text scaled to length 1.
 * The bucket is the FNV-1a hash (64 bits, of the UTF-8 bytes), read without sign, modulo the number of buckets.
 *
 * @param longest how many words in a row make one term at most
 */
public record HashedText(int longest, int buckets) implements TextEncoding {
    public HashedText {
        if (buckets < 1 || longest < 1) {
            throw new IllegalArgumentException("hashed_text needs buckets and words");
        }
    }

    @Override
    public List<Output> outputs(String column) {
        return IntStream.range(0, buckets)
                .mapToObj(bucket -> Output.number(column + "~#" + bucket))
                .toList();
    }

    @Override
    public int width() {
        return buckets;
    }

    @Override
    public void encode(String text, double[] numbers, int at) {
        for (String gram : Words.grams(text, longest)) {
            numbers[at + (int) Long.remainderUnsigned(Words.hash(gram), buckets)]++;
        }
        TextEncoding.normalise(numbers, at, at + buckets);
    }
}
