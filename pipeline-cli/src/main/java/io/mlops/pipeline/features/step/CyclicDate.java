package io.mlops.pipeline.features.step;

import java.util.List;
import java.util.stream.Stream;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.columns.Column;

/**
 * Parts of a date that come round, as sine and cosine of {@code 2 pi (part - first) / period}, so that December is near
 * January; both 0 where the date is missing.
 */
public record CyclicDate(List<DatePart> parts) implements Encoding {
    public CyclicDate {
        parts = List.copyOf(parts);
        if (parts.stream().anyMatch(part -> part.period() == 0)) {
            throw new IllegalArgumentException("cyclic_date has a part that does not come round");
        }
    }

    @Override
    public List<Output> outputs(String column) {
        return parts.stream()
                .flatMap(part -> Stream.of(".sin", ".cos").map(wave -> column + "." + part.key() + wave))
                .map(Output::number)
                .toList();
    }

    @Override
    public Cells on(Column<?> column) {
        DateTimeColumn dates = DateParts.dates(column);
        int width = parts.size() * 2;
        return (from, to, numbers) -> {
            for (int row = from; row < to; row++) {
                long packed = dates.getLongInternal(row);
                boolean missing = DateTimeColumn.valueIsMissing(packed);
                int at = (row - from) * width;
                for (int i = 0; i < parts.size(); i++) {
                    DatePart part = parts.get(i);
                    double angle = missing ? 0 : 2 * Math.PI * (part.of(packed) - part.first()) / part.period();
                    numbers[at + 2 * i] = missing ? 0 : Math.sin(angle);
                    numbers[at + 2 * i + 1] = missing ? 0 : Math.cos(angle);
                }
            }
        };
    }
}
