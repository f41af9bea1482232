package io.mlops.pipeline.report;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.profile.Profile.CategoryCount;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import io.mlops.pipeline.data.profile.Profile.NumberProfile;
import io.mlops.pipeline.data.profile.Profile.Quantile;
import io.mlops.pipeline.data.profile.Profile.TextProfile;
import io.mlops.pipeline.report.chart.Labels;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Says of a column in one line what it holds. */
final class ColumnLines {
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_CATEGORY = 40;
    private static final int MOST_CATEGORIES = 3;
    private static final long MOST_EXACT = 1000;

    private ColumnLines() {}

    static Block.Column of(ColumnProfile column) {
        String name = Labels.fit(column.name(), LONGEST_NAME);
        return new Block.Column(
                name,
                kind(column),
                column.missingShare(),
                column.missing() == 0 ? "0" : Numbers.percent(column.missingShare()),
                bars(column),
                column.numbers() == null ? "Most frequent values of " + name : "Histogram of " + name,
                holds(column));
    }

    private static String kind(ColumnProfile column) {
        String type = column.type().name().toLowerCase(Locale.ROOT);
        return switch (column.role()) {
            case FEATURE -> type;
            case TARGET -> type + ", the target";
            case ID -> type + ", copied only";
            case TIME -> type + ", orders the rows";
            case GROUP -> type + ", groups the rows";
            case IGNORE -> type + ", not read";
        };
    }

    private static String bars(ColumnProfile column) {
        NumberProfile numbers = column.numbers();
        if (numbers != null) {
            return Sparkline.path(numbers.histogram().counts());
        }
        TextProfile texts = column.texts();
        return texts == null || column.role() == Role.ID
                ? ""
                : Sparkline.path(texts.top().stream().map(CategoryCount::count).toList());
    }

    private static String holds(ColumnProfile column) {
        NumberProfile numbers = column.numbers();
        TextProfile texts = column.texts();
        if (column.count() == 0) {
            return "nothing";
        }
        if (numbers != null) {
            return column.type() == ColumnType.DATETIME ? times(numbers) : numbers(column, numbers);
        }
        return texts == null ? "" : texts(column.count(), texts);
    }

    private static String times(NumberProfile numbers) {
        return time(numbers.min()) + " to " + time(numbers.max());
    }

    private static String time(double milliseconds) {
        return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(Instant.ofEpochMilli((long)
                milliseconds));
    }

    private static String numbers(ColumnProfile column, NumberProfile numbers) {
        if (column.type() == ColumnType.BOOLEAN) {
            return "true in " + Numbers.percent(numbers.mean());
        }
        String median = numbers.quantiles().stream()
                .filter(quantile -> quantile.level() == 0.5)
                .map(Quantile::value)
                .map(value -> ", median " + Numbers.value(value))
                .findFirst()
                .orElse("");
        return Numbers.value(numbers.min()) + " to " + Numbers.value(numbers.max()) + median + ", mean "
                + Numbers.spread(numbers.mean(), numbers.deviation());
    }

    private static String texts(long count, TextProfile texts) {
        List<CategoryCount> top = texts.top();
        if (top.isEmpty()) {
            return different(texts.distinct()) + " different texts";
        }
        String shown = top.stream()
                .limit(MOST_CATEGORIES)
                .map(each -> Labels.fit(each.category(), LONGEST_CATEGORY) + ": "
                        + Numbers.percent((double) each.count() / count))
                .collect(Collectors.joining(", "));
        return texts.distinct() > MOST_CATEGORIES ? shown + "; " + different(texts.distinct()) + " in all" : shown;
    }

    /** How many; where they are many, the profile only estimates them. */
    private static String different(long distinct) {
        if (distinct <= MOST_EXACT) {
            return Numbers.count(distinct);
        }
        return "about "
                + Numbers.count(new BigDecimal(distinct)
                        .round(new MathContext(2, RoundingMode.HALF_EVEN))
                        .longValue());
    }
}
