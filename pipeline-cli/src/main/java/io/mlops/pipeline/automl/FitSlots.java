package io.mlops.pipeline.automl;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.function.BooleanSupplier;

/**
 * How many fits may go on at a time.
 *
 * @param threads where memory suffices
 * @param memory whether it is short
 */
record FitSlots(int threads, BooleanSupplier memory) {
    /** Memory is short where so much of the heap was in use when it was last looked through. */
    private static final double FULL = 0.7;

    static FitSlots of(int threads) {
        return new FitSlots(threads, FitSlots::isHeapNearlyFull);
    }

    /** As many as there are threads; only one where memory is short, for the others would not fit beside it. */
    int now() {
        return memory.getAsBoolean() ? 1 : threads;
    }

    private static boolean isHeapNearlyFull() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                // What has survived there is large and stays; a nursery is emptied at each collection.
                .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                .anyMatch(FitSlots::isNearlyFull);
    }

    private static boolean isNearlyFull(MemoryPoolMXBean pool) {
        MemoryUsage kept = pool.getCollectionUsage();
        return kept != null && kept.getMax() > 0 && kept.getUsed() > FULL * kept.getMax();
    }
}
