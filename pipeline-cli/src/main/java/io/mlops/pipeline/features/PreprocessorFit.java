package io.mlops.pipeline.features;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.ColumnFeatures.StepName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Learns all columns in one pass over the rows. */
final class PreprocessorFit {
    private static final Set<ColumnType> NUMBERS = EnumSet.of(ColumnType.NUMBER, ColumnType.INTEGER);
    private static final Set<ColumnType> CATEGORIES = EnumSet.of(ColumnType.CATEGORY);

    private final FeatureSettings settings;
    private final View view;
    private final TableSchema schema;
    private final Target target;
    private final Map<String, ColumnFit> fits = new LinkedHashMap<>();
    private final Map<String, ColumnPlan> plans = new LinkedHashMap<>();
    private final Map<String, String> dropped = new LinkedHashMap<>();

    PreprocessorFit(FeatureSettings settings, View view, TableSchema schema, Target target) {
        this.settings = settings;
        this.view = view;
        this.schema = schema;
        this.target = target;
    }

    Preprocessor fit(Rows rows, long seed) {
        check();
        List<String> inputs = schema.inputs();
        inputs.forEach(name -> plan(name, inputs.size()));
        rows.forEachChunk(this::accept);
        Set<String> names = new HashSet<>();
        List<Block> blocks = new ArrayList<>();
        fits.forEach((name, fit) -> {
            ColumnFit.Outcome outcome = fit.finish();
            ColumnType type = schema.column(name).type();
            outcome.recipes()
                    .forEach(
                            each -> blocks.add(Block.of(name, type, null, each.encoding(), each.refinements(), names)));
            if (outcome.recipes().isEmpty()) {
                dropped.put(name, outcome.reason());
            }
        });
        if (blocks.isEmpty()) {
            throw PipelineException.data("no column is left to learn from: "
                    + dropped.entrySet().stream()
                            .map(each -> "'" + each.getKey() + "' is " + each.getValue())
                            .collect(Collectors.joining(", "))
                    + "; give the table at least one column that varies, or correct the types in the schema");
        }
        ViewSettings chosen = settings.view(view);
        blocks.addAll(new PairFit(chosen, target, paired(NUMBERS), paired(CATEGORIES), names).fit(rows, seed));
        return new Preprocessor(view, target, seed, chosen.targetStatistics(), blocks, dropped);
    }

    /** The columns of some types that became features, but for those whose steps the user chose. */
    private Map<String, ColumnPlan> paired(Set<ColumnType> types) {
        Map<String, ColumnPlan> paired = new LinkedHashMap<>();
        plans.forEach((name, plan) -> {
            if (types.contains(plan.type()) && plan.chosen().isEmpty() && !dropped.containsKey(name)) {
                paired.put(name, plan);
            }
        });
        return paired;
    }

    private void plan(String name, int columns) {
        ColumnType type = schema.column(name).type();
        ColumnPlan plan = ColumnPlan.of(name, type, view, settings, target, columns);
        if (plan.chosen().contains(StepName.DROP)) {
            dropped.put(name, "dropped by the configuration");
        } else if (type == ColumnType.IDENTIFIER && plan.chosen().isEmpty()) {
            dropped.put(name, "an identifier");
        } else {
            plans.put(name, plan);
            fits.put(
                    name,
                    switch (type) {
                        case NUMBER, INTEGER, BOOLEAN -> new NumberFit(plan);
                        case DATETIME -> new DateFit(plan);
                        case CATEGORY, TEXT, IDENTIFIER -> new WordsFit(plan);
                    });
        }
    }

    private void accept(Table chunk) {
        Supplier<double[]> targets = new Supplier<>() {
            private double @Nullable [] sums;

            @Override
            public double[] get() {
                if (sums == null) {
                    sums = TargetSums.of(target, chunk);
                }
                return sums;
            }
        };
        // Not asked for by name: Tablesaw looks through all columns for each.
        for (Column<?> column : chunk.columns()) {
            ColumnFit fit = fits.get(column.name());
            if (fit != null) {
                fit.accept(column, targets);
            }
        }
    }

    private void check() {
        settings.select().check(schema);
        List<String> problems = new ArrayList<>();
        settings.columns().forEach((name, column) -> {
            String key = "features.columns." + name;
            Role role = schema.roles().get(name);
            if (role == null) {
                problems.add(key + ": the table has no such column");
                return;
            }
            if (role != Role.FEATURE && role != Role.TIME) {
                problems.add(key + ": the column is the " + lower(role) + " and becomes no feature");
                return;
            }
            ColumnType type = schema.column(name).type();
            for (StepName step : column.steps()) {
                if (!ColumnPlan.possible(type).contains(step)) {
                    problems.add(key + ".steps: a column of type " + lower(type) + " cannot have the step "
                            + lower(step) + ", only "
                            + ColumnPlan.possible(type).stream()
                                    .map(PreprocessorFit::lower)
                                    .collect(Collectors.joining(", ")));
                }
            }
            if (new HashSet<>(column.order()).size() < column.order().size()) {
                problems.add(key + ".order: names a category twice");
            }
        });
        if (!problems.isEmpty()) {
            throw PipelineException.usage(String.join("\n", problems));
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
