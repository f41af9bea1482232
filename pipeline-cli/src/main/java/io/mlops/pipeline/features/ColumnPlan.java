package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.ColumnFeatures.StepName;
import io.mlops.pipeline.features.ViewSettings.Fill;
import io.mlops.pipeline.features.ViewSettings.Scale;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a column before its cells are read.
 *
 * @param settings those of the view, with what the user set for this column
 * @param chosen the steps the user chose for this column; empty where the view decides
 * @param order the categories from the least to the greatest, as the user gave them
 * @param columns how many columns are fitted, which share the memory
 */
record ColumnPlan(
        String name,
        ColumnType type,
        View view,
        ViewSettings settings,
        List<StepName> chosen,
        List<String> order,
        Target target,
        int columns) {
    static ColumnPlan of(
            String name, ColumnType type, View view, FeatureSettings features, Target target, int columns) {
        ColumnFeatures differing = features.columns().getOrDefault(name, ColumnFeatures.defaults());
        List<StepName> chosen = differing.steps();
        if (chosen.isEmpty() && !differing.order().isEmpty()) {
            chosen = List.of(StepName.ORDINAL);
        }
        return new ColumnPlan(
                name, type, view, differing.over(features.view(view)), chosen, differing.order(), target, columns);
    }

    /** The steps that a column of a type can have. */
    static Set<StepName> possible(ColumnType type) {
        return switch (type) {
            case NUMBER, INTEGER, BOOLEAN -> EnumSet.of(StepName.DROP, StepName.NUMBER);
            case DATETIME -> EnumSet.of(StepName.DROP, StepName.DATE_PARTS, StepName.CYCLIC);
            case CATEGORY, TEXT, IDENTIFIER ->
                EnumSet.of(
                        StepName.DROP,
                        StepName.CODES,
                        StepName.ONE_HOT,
                        StepName.ORDINAL,
                        StepName.TARGET,
                        StepName.FREQUENCY,
                        StepName.NUMBER_FROM_TEXT,
                        StepName.TFIDF,
                        StepName.HASHED,
                        StepName.TEXT_SIZE);
        };
    }

    /** How many distinct numbers are told apart: enough for quantiles where they are needed, within the memory. */
    int sketchSize() {
        boolean quantiles = settings.impute() != Fill.NONE
                || settings.scale() != Scale.NONE
                || settings.clip() > 0
                || settings.fence() > 0;
        return quantiles ? Math.max(256, Math.min(4096, 1_000_000 / columns)) : 16;
    }

    /** How many distinct words are surely told apart, within the memory. */
    int levelLimit() {
        return Math.max(1_000, Math.min(100_000, 400_000 / columns));
    }
}
