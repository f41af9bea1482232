package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.interaction.Pair;
import io.mlops.pipeline.features.interaction.PairSearch;
import io.mlops.pipeline.features.step.Arithmetic;
import io.mlops.pipeline.features.step.Arithmetic.Operator;
import io.mlops.pipeline.features.step.AsNumber;
import io.mlops.pipeline.features.step.Cross;
import io.mlops.pipeline.features.step.Distribution;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.GroupDifference;
import io.mlops.pipeline.features.step.GroupMean;
import io.mlops.pipeline.features.step.Join;
import io.mlops.pipeline.features.step.LevelCounts;
import io.mlops.pipeline.features.step.LevelSummary;
import io.mlops.pipeline.features.step.NumberSketch;
import io.mlops.pipeline.features.step.TargetEncoding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Learns features of two columns each: which pairs from some of the training rows, what of them from all. */
final class PairFit {
    /** A category of one row says nothing about another row. */
    private static final long REPEATED = 2;

    private final ViewSettings settings;
    private final Target target;
    private final Map<String, ColumnPlan> numbers;
    private final Map<String, ColumnPlan> words;
    private final Refining refining;
    private final Set<String> names;
    private final List<Block> blocks = new ArrayList<>();

    /**
     * @param numbers the columns of numbers that may be paired
     * @param words the columns of categories that may be paired
     * @param names those of the features there are
     */
    PairFit(
            ViewSettings settings,
            Target target,
            Map<String, ColumnPlan> numbers,
            Map<String, ColumnPlan> words,
            Set<String> names) {
        this.settings = settings;
        this.target = target;
        this.numbers = numbers;
        this.words = words;
        this.names = names;
        refining = new Refining(settings);
    }

    List<Block> fit(Rows rows, long seed) {
        boolean crosses = settings.crosses() > 0
                && words.size() > 1
                && TargetSums.labels(target).size() <= WordsFit.MOST_TARGETS;
        boolean arithmetic = settings.arithmetic() > 0 && numbers.size() > 1;
        boolean groups = settings.aggregates() > 0 && !numbers.isEmpty() && !words.isEmpty();
        if (!crosses && !arithmetic && !groups) {
            return List.of();
        }
        PairSearch search = new PairSearch(new PairSample(numbers.keySet(), words.keySet(), target).of(rows, seed));
        List<Pair> pairs = new ArrayList<>();
        pairs.addAll(search.arithmetic(arithmetic ? settings.arithmetic() : 0));
        pairs.addAll(search.groups(groups ? settings.aggregates() : 0));
        pairs.addAll(search.crosses(crosses ? settings.crosses() : 0));
        Map<Pair, Join> joins = new LinkedHashMap<>();
        Map<Pair, LevelSummary> levels = levels(rows, pairs);
        for (Pair pair : pairs) {
            LevelSummary summary = levels.get(pair);
            if (summary == null) {
                joins.put(pair, new Arithmetic(operator(pair)));
            } else if (pair.kind() == Pair.Kind.GROUP) {
                GroupMean mean = GroupMean.fit(summary, pair.first(), REPEATED, settings.smoothing());
                add(pair.second(), null, mean, summary.distributions(mean));
                joins.put(pair, GroupDifference.from(mean));
            } else if (summary.rows(REPEATED) > 0) {
                TargetEncoding means =
                        TargetEncoding.fit(summary, TargetSums.labels(target), REPEATED, settings.smoothing());
                add(pair.first(), partner(pair, new Cross()), means, summary.distributions(means));
            }
        }
        distributions(rows, joins)
                .forEach((pair, joined) ->
                        add(pair.first(), partner(pair, joins.get(pair)), new AsNumber(), List.of(joined)));
        return blocks;
    }

    private void add(String column, @Nullable Partner partner, Encoding encoding, List<Distribution> distributions) {
        if (!distributions.stream().allMatch(refining::isConstant)) {
            blocks.add(Block.of(column, plan(column).type(), partner, encoding, refining.fit(distributions), names));
        }
    }

    private Partner partner(Pair pair, @Nullable Join join) {
        return new Partner(pair.second(), plan(pair.second()).type(), Objects.requireNonNull(join));
    }

    private ColumnPlan plan(String column) {
        return Objects.requireNonNull(words.containsKey(column) ? words.get(column) : numbers.get(column));
    }

    private static Operator operator(Pair pair) {
        return switch (pair.kind()) {
            case DIFFERENCE -> Operator.DIFFERENCE;
            case RATIO -> Operator.RATIO;
            case PRODUCT -> Operator.PRODUCT;
            case CROSS, GROUP -> throw new IllegalArgumentException("no arithmetic: " + pair);
        };
    }

    /** The categories of crosses with the sums of targets, those of groups with the sum and the count of their numbers. */
    private Map<Pair, LevelSummary> levels(Rows rows, List<Pair> pairs) {
        Map<Pair, LevelCounts> counts = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            int limit = plan(pair.second()).levelLimit();
            switch (pair.kind()) {
                case CROSS ->
                    counts.put(
                            pair,
                            new LevelCounts(limit, TargetSums.labels(target).size()));
                case GROUP -> counts.put(pair, new LevelCounts(limit, 2));
                case DIFFERENCE, RATIO, PRODUCT -> {
                    // Nothing but the numbers themselves.
                }
            }
        }
        if (!counts.isEmpty()) {
            rows.forEachChunk(chunk -> {
                Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
                double[] targets = TargetSums.of(target, chunk);
                counts.forEach((pair, each) -> each.accept(chunk(pair, columns, targets)));
            });
        }
        Map<Pair, LevelSummary> summaries = new LinkedHashMap<>();
        counts.forEach((pair, each) -> summaries.put(pair, each.finish()));
        return summaries;
    }

    private static LevelCounts.Chunk chunk(Pair pair, Map<String, Column<?>> columns, double[] targets) {
        Column<?> first = Objects.requireNonNull(columns.get(pair.first()));
        Column<?> second = Objects.requireNonNull(columns.get(pair.second()));
        return pair.kind() == Pair.Kind.CROSS
                ? new LevelCounts.Chunk((StringColumn) new Cross().of(first, second), targets)
                : new LevelCounts.Chunk((StringColumn) second, numbersAndCounts((DoubleColumn) first));
    }

    private static double[] numbersAndCounts(DoubleColumn column) {
        double[] both = new double[column.size() * 2];
        for (int row = 0; row < column.size(); row++) {
            double number = column.getDouble(row);
            if (!Double.isNaN(number)) {
                both[2 * row] = number;
                both[2 * row + 1] = 1;
            }
        }
        return both;
    }

    /** The numbers that joined columns have in the training rows. */
    private Map<Pair, Distribution> distributions(Rows rows, Map<Pair, Join> joins) {
        Map<Pair, NumberSketch> sketches = new LinkedHashMap<>();
        joins.keySet()
                .forEach(pair ->
                        sketches.put(pair, new NumberSketch(plan(pair.first()).sketchSize())));
        if (!sketches.isEmpty()) {
            rows.forEachChunk(chunk -> {
                Map<String, Column<?>> columns = ChunkColumns.byName(chunk);
                sketches.forEach((pair, sketch) -> {
                    Column<?> first = Objects.requireNonNull(columns.get(pair.first()));
                    Column<?> second = Objects.requireNonNull(columns.get(pair.second()));
                    sketch.accept((DoubleColumn)
                            Objects.requireNonNull(joins.get(pair)).of(first, second));
                });
            });
        }
        Map<Pair, Distribution> distributions = new LinkedHashMap<>();
        sketches.forEach((pair, sketch) -> distributions.put(pair, sketch.finish()));
        return distributions;
    }
}
