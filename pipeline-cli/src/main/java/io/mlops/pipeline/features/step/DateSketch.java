package io.mlops.pipeline.features.step;

import io.mlops.pipeline.data.Accumulator;
import java.util.EnumMap;
import java.util.Map;
import tech.tablesaw.api.DateTimeColumn;

/** The numbers that each part of a column's dates has. */
public final class DateSketch implements Accumulator<DateTimeColumn, DateSketch, Map<DatePart, Distribution>> {
    private final Map<DatePart, NumberSketch> sketches = new EnumMap<>(DatePart.class);

    /** @param limit the most distinct numbers of a part that are told apart */
    public DateSketch(int limit) {
        for (DatePart part : DatePart.values()) {
            sketches.put(part, new NumberSketch(limit));
        }
    }

    @Override
    public void accept(DateTimeColumn column) {
        sketches.forEach((part, sketch) -> {
            for (int row = 0; row < column.size(); row++) {
                long packed = column.getLongInternal(row);
                sketch.add(DateTimeColumn.valueIsMissing(packed) ? Double.NaN : part.of(packed), 1);
            }
        });
    }

    @Override
    public void merge(DateSketch other) {
        other.sketches.forEach((part, sketch) -> sketches.computeIfPresent(part, (same, mine) -> {
            mine.merge(sketch);
            return mine;
        }));
    }

    @Override
    public Map<DatePart, Distribution> finish() {
        Map<DatePart, Distribution> parts = new EnumMap<>(DatePart.class);
        sketches.forEach((part, sketch) -> parts.put(part, sketch.finish()));
        return parts;
    }
}
