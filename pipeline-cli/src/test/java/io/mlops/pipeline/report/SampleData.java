package io.mlops.pipeline.report;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.profile.Profile;
import io.mlops.pipeline.data.profile.Profile.CategoryCount;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import io.mlops.pipeline.data.profile.Profile.Histogram;
import io.mlops.pipeline.data.profile.Profile.NumberProfile;
import io.mlops.pipeline.data.profile.Profile.Quantile;
import io.mlops.pipeline.data.profile.Profile.TextProfile;
import io.mlops.pipeline.data.typing.JunkCells;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.data.validation.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The data part of the sample reports. */
final class SampleData {
    private SampleData() {}

    static ReportModel.Data of(Target target, String name, int columns) {
        List<ColumnProfile> profiles = new ArrayList<>();
        profiles.add(new ColumnProfile(
                "id", ColumnType.IDENTIFIER, Role.ID, 9940, 0, null, new TextProfile(List.of(), 9940, 9940)));
        for (int i = 0; i < columns; i++) {
            profiles.add(
                    switch (i % 4) {
                        case 0 -> number("amount_" + i, ColumnType.NUMBER, Role.FEATURE, i);
                        case 1 ->
                            category(i == 1 ? name : "purpose_" + i, Role.FEATURE, List.of("car", name, "tv", "boat"));
                        case 2 -> time("opened_" + i);
                        default -> empty("a_rather_long_column_name_that_goes_on_and_on_and_on_for_ever_" + i);
                    });
        }
        profiles.add(
                target.classes().isEmpty()
                        ? number(target.column(), ColumnType.NUMBER, Role.TARGET, 3)
                        : category(target.column(), Role.TARGET, target.classes()));
        Validation validation = new Validation(
                "warn",
                10_000,
                9940,
                12,
                Map.of("target_missing", 60L),
                Map.of("amount_0", new JunkCells(31, List.of(new JunkCells.Example(17, name)))),
                Map.of("amount_0", 120L),
                List.of(
                        new Violation(
                                "amount_0",
                                "max",
                                3,
                                0.0003,
                                List.of(new Violation.Example(5, name)),
                                Severity.WARN,
                                "column 'amount_0': 3 of 9,940 cells (0.03 %) are above the maximum 99: '" + name
                                        + "'"),
                        new Violation(
                                null, "min_rows", 9940, 1, List.of(), Severity.FAIL, "9,940 usable rows, too few")));
        return new ReportModel.Data(
                validation,
                new Profile(9940, profiles),
                7952,
                1988,
                List.of("column '" + name + "' alone predicts the target almost perfectly"));
    }

    private static ColumnProfile number(String name, ColumnType type, Role role, int shape) {
        List<Double> edges = IntStream.rangeClosed(0, 20)
                .mapToObj(i -> i < 20 ? i * 500.0 : 90_000)
                .toList();
        List<Long> counts = IntStream.range(0, 20)
                .mapToObj(i -> Math.round(1200 * Math.exp(-Math.pow(i - 4 - shape % 9, 2) / 18.0)))
                .toList();
        return new ColumnProfile(
                name,
                type,
                role,
                9820,
                role == Role.TARGET ? 0 : 120,
                new NumberProfile(
                        3271.2, 2822.7, 0, 90_000, List.of(new Quantile(0.5, 2319.5)), new Histogram(edges, counts)),
                null);
    }

    private static ColumnProfile category(String name, Role role, List<String> categories) {
        List<CategoryCount> top = IntStream.range(0, categories.size())
                .mapToObj(i -> new CategoryCount(categories.get(i), 4000 / (i + 1)))
                .toList();
        return new ColumnProfile(
                name, ColumnType.CATEGORY, role, 9900, 40, null, new TextProfile(top, 120, categories.size() + 7));
    }

    private static ColumnProfile time(String name) {
        return new ColumnProfile(
                name,
                ColumnType.DATETIME,
                Role.TIME,
                9940,
                0,
                new NumberProfile(
                        1.7e12,
                        4e9,
                        1.69e12,
                        1.71e12,
                        List.of(),
                        new Histogram(List.of(1.69e12, 1.7e12, 1.71e12), List.of(5000L, 4940L))),
                null);
    }

    private static ColumnProfile empty(String name) {
        return new ColumnProfile(name, ColumnType.NUMBER, Role.FEATURE, 0, 9940, null, null);
    }
}
