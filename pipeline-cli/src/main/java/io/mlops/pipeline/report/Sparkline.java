package io.mlops.pipeline.report;

import java.util.List;
import java.util.Locale;

/**
 * A histogram as small as a word: the path of its bars in a box of 100 by 24.
 *
 * <p>Hundreds of them stand on one page and none has an axis, so that a charting library would only cost time and size.
 */
final class Sparkline {
    static final int WIDTH = 100;
    static final int HEIGHT = 24;

    private Sparkline() {}

    /** The bars of counts, from left to right; empty where there is nothing to show. */
    static String path(List<Long> counts) {
        long largest = counts.stream().mapToLong(Long::longValue).max().orElse(0);
        if (largest == 0) {
            return "";
        }
        double step = (double) WIDTH / counts.size();
        double bar = step * 0.86;
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0) {
                double height = Math.max(0.8, (double) HEIGHT * counts.get(i) / largest);
                path.append(
                        String.format(Locale.ROOT, "M%.1f %dv-%.1fh%.1fv%.1fz", i * step, HEIGHT, height, bar, height));
            }
        }
        return path.toString();
    }
}
