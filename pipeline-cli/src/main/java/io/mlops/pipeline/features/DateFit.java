package io.mlops.pipeline.features;

import io.mlops.pipeline.features.ColumnFeatures.StepName;
import io.mlops.pipeline.features.step.CyclicDate;
import io.mlops.pipeline.features.step.DatePart;
import io.mlops.pipeline.features.step.DateParts;
import io.mlops.pipeline.features.step.DateSketch;
import io.mlops.pipeline.features.step.Distribution;
import io.mlops.pipeline.features.step.MissingIndicator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.columns.Column;

/** Learns a column of dates. */
final class DateFit implements ColumnFit {
    private static final List<DatePart> CYCLES =
            List.of(DatePart.MONTH, DatePart.DAY, DatePart.WEEKDAY, DatePart.HOUR, DatePart.MINUTE_OF_DAY);

    private final ColumnPlan plan;
    private final DateSketch sketch;

    DateFit(ColumnPlan plan) {
        this.plan = plan;
        sketch = new DateSketch(plan.sketchSize());
    }

    @Override
    public void accept(Column<?> column, Supplier<double[]> targets) {
        sketch.accept((DateTimeColumn) column);
    }

    @Override
    public Outcome finish() {
        Map<DatePart, Distribution> numbers = sketch.finish();
        Distribution days = numbers.getOrDefault(DatePart.EPOCH_DAY, Distribution.EMPTY);
        if (days.isEmpty()) {
            return Outcome.dropped("entirely missing");
        }
        List<DatePart> varying = new ArrayList<>();
        numbers.forEach((part, each) -> {
            if (!each.isConstant()) {
                varying.add(part);
            }
        });
        Set<StepName> steps = steps();
        List<Recipe> recipes = new ArrayList<>();
        List<DatePart> parts = steps.contains(StepName.DATE_PARTS)
                ? varying
                : varying.stream().filter(part -> part == DatePart.EPOCH_DAY).toList();
        Refining refining = new Refining(plan.settings());
        if (!parts.isEmpty()) {
            List<Distribution> distributions = new ArrayList<>();
            parts.forEach(part -> distributions.add(numbers.getOrDefault(part, Distribution.EMPTY)));
            recipes.add(new Recipe(new DateParts(parts), refining.fit(distributions)));
        }
        List<DatePart> cycles = CYCLES.stream().filter(varying::contains).toList();
        if (steps.contains(StepName.CYCLIC) && !cycles.isEmpty()) {
            recipes.add(Recipe.of(new CyclicDate(cycles)));
        }
        if (plan.settings().missingIndicator() && days.missing() > 0) {
            recipes.add(Recipe.of(new MissingIndicator()));
        }
        return Outcome.of(recipes);
    }

    private Set<StepName> steps() {
        if (!plan.chosen().isEmpty()) {
            return EnumSet.copyOf(plan.chosen());
        }
        return switch (plan.settings().dates()) {
            case NONE -> EnumSet.noneOf(StepName.class);
            case PARTS -> EnumSet.of(StepName.DATE_PARTS);
            case CYCLIC -> EnumSet.of(StepName.CYCLIC);
            case BOTH -> EnumSet.of(StepName.DATE_PARTS, StepName.CYCLIC);
        };
    }
}
