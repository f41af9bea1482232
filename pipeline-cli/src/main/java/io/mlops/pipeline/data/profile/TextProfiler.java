package io.mlops.pipeline.data.profile;

import io.mlops.pipeline.data.Accumulator;
import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.profile.Profile.CategoryCount;
import io.mlops.pipeline.data.profile.Profile.TextProfile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;

/**
 * Profiles a column of texts in bounded memory.
 *
 * <p>Counts are exact for up to {@value #EXACT} categories, beyond that they are estimates for the frequent ones.
 */
final class TextProfiler implements Accumulator<CategoryCodes, TextProfiler, TextProfile> {
    /** Three quarters of the sketch's table. */
    static final int EXACT = 6144;

    private static final int TABLE = 8192;

    private static final int TOP = 50;

    /** Counts of different texts are off by 1.6 %, as a standard deviation. */
    private static final int LOG_REGISTERS = 12;

    private final boolean categories;
    private final ItemsSketch<String> frequent = new ItemsSketch<>(TABLE);
    private HllSketch distinct = new HllSketch(LOG_REGISTERS);
    private long count;

    /** @param categories whether the texts are categories, of which the frequent ones are counted */
    TextProfiler(boolean categories) {
        this.categories = categories;
    }

    @Override
    public void accept(CategoryCodes texts) {
        int[] counts = texts.counts();
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                String text = texts.levels().get(code);
                count += counts[code];
                distinct.update(text);
                if (categories) {
                    frequent.update(text, counts[code]);
                }
            }
        }
    }

    @Override
    public void merge(TextProfiler other) {
        count += other.count;
        frequent.merge(other.frequent);
        Union union = new Union(LOG_REGISTERS);
        union.update(distinct);
        union.update(other.distinct);
        distinct = union.getResult();
    }

    long count() {
        return count;
    }

    @Override
    public TextProfile finish() {
        List<CategoryCount> top = Arrays.stream(frequent.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .map(row -> new CategoryCount(row.getItem(), row.getEstimate()))
                .sorted(Comparator.comparingLong(CategoryCount::count)
                        .reversed()
                        .thenComparing(CategoryCount::category))
                .limit(TOP)
                .toList();
        boolean exact = categories && frequent.getMaximumError() == 0;
        long different =
                exact ? frequent.getNumActiveItems() : Math.min(count, Math.round(distinct.getCompositeEstimate()));
        long counted = top.stream().mapToLong(CategoryCount::count).sum();
        return new TextProfile(top, Math.max(0, count - counted), different);
    }
}
