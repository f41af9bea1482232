package io.mlops.pipeline.data.profile;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rows look like, column by column; {@code profile.json}. */
public record Profile(long rows, List<ColumnProfile> columns) {
    public Profile {
        columns = List.copyOf(columns);
    }

    /** The profile of a column. */
    public ColumnProfile column(String name) {
        return columns.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no column '" + name + "'"));
    }

    /**
     * One column.
     *
     * @param count how many cells hold a value
     * @param missing how many do not
     * @param numbers for a column of numbers, and for points in time as milliseconds since 1970; null where it is neither
     *     or holds no value
     * @param texts for a column of texts
     */
    public record ColumnProfile(
            String name,
            ColumnType type,
            Role role,
            long count,
            long missing,
            @Nullable NumberProfile numbers,
            @Nullable TextProfile texts) {
        public double missingShare() {
            return count + missing == 0 ? 0 : (double) missing / (count + missing);
        }
    }

    /**
     * The distribution of numbers.
     *
     * @param deviation the standard deviation of the sample; 0 for a single value
     */
    public record NumberProfile(
            double mean, double deviation, double min, double max, List<Quantile> quantiles, Histogram histogram) {
        public NumberProfile {
            quantiles = List.copyOf(quantiles);
        }
    }

    /** The value below which a share of the values lies. */
    public record Quantile(double level, double value) {}

    /**
     * How many values lie in each bin: from its edge, included, to the next one, excluded; the last bin includes its end.
     *
     * @param edges one more than there are bins
     */
    public record Histogram(List<Double> edges, List<Long> counts) {
        public Histogram {
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }
    }

    /**
     * The distribution of texts.
     *
     * @param top the most frequent categories, the most frequent one first; none for free text and identifiers
     * @param other how many cells hold another text
     * @param distinct how many different texts there are; an estimate (2 %) where they are many
     */
    public record TextProfile(List<CategoryCount> top, long other, long distinct) {
        public TextProfile {
            top = List.copyOf(top);
        }
    }

    /** How many cells hold a category. */
    public record CategoryCount(String category, long count) {}
}
