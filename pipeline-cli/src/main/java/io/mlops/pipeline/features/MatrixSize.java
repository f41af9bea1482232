package io.mlops.pipeline.features;

import io.mlops.pipeline.PipelineException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Refuses a matrix that the memory cannot hold, before it is allocated. */
final class MatrixSize {
    /** The share of the heap that one matrix may take; the learner needs the rest. */
    private static final double HEAP_SHARE = 0.6;

    private static final int NAMED = 3;

    private MatrixSize() {}

    /** The length of the array for a matrix. */
    static int check(long rows, List<Feature> features) {
        return check(rows, features, (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE));
    }

    static int check(long rows, List<Feature> features, long bytes) {
        double needed = (double) rows * features.size() * Float.BYTES;
        long most = Math.min(bytes / Float.BYTES, Integer.MAX_VALUE - 8);
        if (needed / Float.BYTES <= most) {
            return (int) (rows * features.size());
        }
        throw PipelineException.data(String.format(
                Locale.ROOT,
                "%d rows of %d features take %.1f GB, more than the %.1f GB that fit; most features come from %s: "
                        + "give these columns fewer (max_levels, text_features or steps under features.columns), train "
                        + "on fewer rows, or give Java more memory (-Xmx)",
                rows,
                features.size(),
                needed / 1e9,
                most * (double) Float.BYTES / 1e9,
                widest(features)));
    }

    private static String widest(List<Feature> features) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        features.forEach(feature -> counts.merge(feature.source(), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(each -> "'" + each.getKey() + "' (" + each.getValue() + ")")
                .collect(Collectors.joining(", "));
    }
}
