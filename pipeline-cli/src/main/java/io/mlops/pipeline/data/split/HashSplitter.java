package io.mlops.pipeline.data.split;

import com.dynatrace.hash4j.hashing.Hashing;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.ChunkColumns;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.typing.RowHash;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Sets rows aside at random: those whose seeded hash is among the smallest of their class.
 *
 * <p>The hash is that of the row's content, or of its group. Rows of equal hash stay on one side, even where their
 * classes differ.
 */
final class HashSplitter implements Splitter {
    private static final String ONE_CLASS = "";

    private final double share;
    private final long seed;
    private final @Nullable String target;
    private final @Nullable String group;
    private final Map<String, LongArrayList> keys = new TreeMap<>();

    private HashSplitter(double share, long seed, @Nullable String target, @Nullable String group) {
        this.share = share;
        this.seed = seed;
        this.target = target;
        this.group = group;
    }

    /**
     * Divides by the content of the rows.
     *
     * @param target the column of labels, of each of which the share is set aside; null where the target is a number
     */
    static HashSplitter byContent(double share, long seed, @Nullable String target) {
        return new HashSplitter(share, seed, target, null);
    }

    /** Divides whole groups; a row that names no group is one by itself. */
    static HashSplitter byGroup(double share, long seed, String group) {
        return new HashSplitter(share, seed, null, group);
    }

    @Override
    public void accept(Table chunk) {
        long[] rowKeys = keysOf(chunk);
        if (target == null) {
            LongArrayList all = keys.computeIfAbsent(ONE_CLASS, label -> new LongArrayList());
            all.addElements(all.size(), rowKeys);
            return;
        }
        CategoryCodes labels = CategoryCodes.of((StringColumn) ChunkColumns.named(chunk, target));
        LongArrayList[] lists = labels.levels().stream()
                .map(label -> keys.computeIfAbsent(label, each -> new LongArrayList()))
                .toArray(LongArrayList[]::new);
        for (int row = 0; row < rowKeys.length; row++) {
            lists[labels.codes()[row]].add(rowKeys[row]);
        }
    }

    private long[] keysOf(Table chunk) {
        long[] hashes = chunk.longColumn(Rows.HASH).asLongArray();
        if (group != null) {
            Column<?> groups = ChunkColumns.named(chunk, group);
            long[] cells = RowHash.cells(groups);
            for (int row = 0; row < hashes.length; row++) {
                hashes[row] = groups.isMissing(row) ? hashes[row] : cells[row];
            }
        }
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = Hashing.komihash5_0().hashLongLongToLong(seed, hashes[row]);
        }
        return hashes;
    }

    /** The keys of a class; its rows with a key below the bound are set aside. */
    private record ClassKeys(SortedKeys keys, long bound) {}

    @Override
    public Split finish() {
        List<ClassKeys> classes = new ArrayList<>();
        Map<String, Long> bounds = new HashMap<>();
        long rows = 0;
        long aside = 0;
        for (Map.Entry<String, LongArrayList> entry : keys.entrySet()) {
            SortedKeys sorted = new SortedKeys(entry.getValue());
            int wanted = (int) Math.round(sorted.size() * share);
            int cut = target == null ? sorted.innerCutNear(wanted) : sorted.cutNear(wanted);
            classes.add(new ClassKeys(sorted, sorted.key(cut)));
            bounds.put(entry.getKey(), sorted.key(cut));
            rows += sorted.size();
            aside += cut;
        }
        keys.clear();
        if (aside == 0) {
            throw PipelineException.data(
                    rows + " usable rows" + (group == null ? "" : " of too few groups '" + group + "'")
                            + " are too few to set a share of " + share + " aside for the test: give more rows, name a"
                            + " file of test rows in data.split.test_file, or set data.split.test to 0");
        }
        LongOpenHashSet kept = keptTogether(classes);
        return chunk -> isTest(chunk, bounds, kept);
    }

    /** The keys that are on both sides because their rows have different classes: they are not set aside. */
    private static LongOpenHashSet keptTogether(List<ClassKeys> classes) {
        long first = classes.stream().mapToLong(ClassKeys::bound).min().orElse(Long.MAX_VALUE);
        long last = classes.stream().mapToLong(ClassKeys::bound).max().orElse(Long.MIN_VALUE);
        LongOpenHashSet trained = new LongOpenHashSet();
        for (ClassKeys each : classes) {
            SortedKeys sorted = each.keys();
            for (int i = sorted.below(each.bound()); i < sorted.size() && sorted.key(i) < last; i++) {
                trained.add(sorted.key(i));
            }
        }
        LongOpenHashSet kept = new LongOpenHashSet();
        for (ClassKeys each : classes) {
            SortedKeys sorted = each.keys();
            int end = sorted.below(each.bound());
            for (int i = sorted.below(first); i < end; i++) {
                if (trained.contains(sorted.key(i))) {
                    kept.add(sorted.key(i));
                }
            }
        }
        return kept;
    }

    private boolean[] isTest(Table chunk, Map<String, Long> bounds, LongOpenHashSet kept) {
        long[] rowKeys = keysOf(chunk);
        boolean[] test = new boolean[rowKeys.length];
        long[] bound = new long[rowKeys.length];
        if (target == null) {
            Arrays.fill(bound, bounds.getOrDefault(ONE_CLASS, Long.MIN_VALUE));
        } else {
            CategoryCodes labels = CategoryCodes.of((StringColumn) ChunkColumns.named(chunk, target));
            for (int row = 0; row < bound.length; row++) {
                bound[row] = bounds.getOrDefault(labels.levels().get(labels.codes()[row]), Long.MIN_VALUE);
            }
        }
        for (int row = 0; row < test.length; row++) {
            test[row] = rowKeys[row] < bound[row] && !kept.contains(rowKeys[row]);
        }
        return test;
    }
}
