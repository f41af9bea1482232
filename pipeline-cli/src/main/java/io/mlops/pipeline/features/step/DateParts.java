package io.mlops.pipeline.features.step;

import java.util.List;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.columns.Column;

/** Parts of a date as numbers, NaN where it is missing. */
public record DateParts(List<DatePart> parts) implements Encoding {
    public DateParts {
        parts = List.copyOf(parts);
    }

    @Override
    public List<Output> outputs(String column) {
        return parts.stream()
                .map(part -> Output.number(column + "." + part.key()))
                .toList();
    }

    @Override
    public Cells on(Column<?> column) {
        DateTimeColumn dates = dates(column);
        int width = parts.size();
        return (from, to, numbers) -> {
            for (int row = from; row < to; row++) {
                long packed = dates.getLongInternal(row);
                boolean missing = DateTimeColumn.valueIsMissing(packed);
                for (int part = 0; part < width; part++) {
                    numbers[(row - from) * width + part] =
                            missing ? Double.NaN : parts.get(part).of(packed);
                }
            }
        };
    }

    /** The column as dates. */
    static DateTimeColumn dates(Column<?> column) {
        if (column instanceof DateTimeColumn dates) {
            return dates;
        }
        throw new IllegalArgumentException("holds no dates");
    }
}
