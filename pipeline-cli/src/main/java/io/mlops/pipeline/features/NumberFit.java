package io.mlops.pipeline.features;

import io.mlops.pipeline.features.step.AsNumber;
import io.mlops.pipeline.features.step.Distribution;
import io.mlops.pipeline.features.step.MissingIndicator;
import io.mlops.pipeline.features.step.NumberSketch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.columns.Column;

/** Learns a column of numbers. */
final class NumberFit implements ColumnFit {
    private final ViewSettings settings;
    private final NumberSketch sketch;

    NumberFit(ColumnPlan plan) {
        settings = plan.settings();
        sketch = new NumberSketch(plan.sketchSize());
    }

    @Override
    public void accept(Column<?> column, Supplier<double[]> targets) {
        sketch.accept((DoubleColumn) column);
    }

    @Override
    public Outcome finish() {
        Distribution numbers = sketch.finish();
        if (numbers.isEmpty()) {
            return Outcome.dropped("entirely missing");
        }
        List<Recipe> recipes = new ArrayList<>();
        Refining refining = new Refining(settings);
        if (!refining.isConstant(numbers)) {
            recipes.add(new Recipe(new AsNumber(), refining.fit(List.of(numbers))));
        }
        if (settings.missingIndicator() && numbers.missing() > 0) {
            recipes.add(Recipe.of(new MissingIndicator()));
        }
        return Outcome.of(recipes);
    }
}
