package io.mlops.pipeline.features;

import io.mlops.pipeline.features.ViewSettings.Fill;
import io.mlops.pipeline.features.ViewSettings.Scale;
import io.mlops.pipeline.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one column is made into; whatever is absent follows the settings of the view. */
public record ColumnFeatures(
        @Setting("The steps that make features of the column, or drop; those of the view where empty.")
        List<StepName> steps,

        @Setting("The categories from the least to the greatest, for ordinal.")
        List<String> order,

        @Setting("What replaces a missing number.") @Nullable Fill impute,

        @Setting("The number that replaces a missing one where impute is constant.") @Nullable Double fill,

        @Setting("Whether a further feature says where the cell is missing.") @Nullable Boolean missingIndicator,

        @Setting("How numbers are scaled.") @Nullable Scale scale,

        @Setting(value = "The share of numbers at each end that is moved to the quantile there.", min = 0, max = 0.25)
        @Nullable Double clip,

        @Setting(value = "How many quartile ranges beyond the quartiles a number may lie.", min = 0, max = 1e6)
        @Nullable Double fence,

        @Setting(value = "How many rows a category needs to count by itself.", min = 1, max = 1e9) @Nullable Integer minCount,

        @Setting(value = "The most categories that get a code or a feature of their own.", min = 1, max = 100_000)
        @Nullable Integer maxLevels,

        @Setting(value = "How many rows the overall mean weighs in the mean target of a category.", min = 0, max = 1e9)
        @Nullable Double smoothing,

        @Setting(value = "How many features the words of the text become.", min = 1, max = 100_000) @Nullable Integer textFeatures,

        @Setting(value = "How many words in a row make one term at most.", min = 1, max = 5) @Nullable Integer textNgrams) {

    /** A step that a column can be given by name. */
    public enum StepName {
        /** The column is not used. */
        DROP,
        NUMBER,
        CODES,
        ONE_HOT,
        ORDINAL,
        TARGET,
        FREQUENCY,
        NUMBER_FROM_TEXT,
        DATE_PARTS,
        CYCLIC,
        TFIDF,
        HASHED,
        TEXT_SIZE
    }

    public ColumnFeatures {
        steps = List.copyOf(steps);
        order = List.copyOf(order);
    }

    public static ColumnFeatures defaults() {
        return new ColumnFeatures(
                List.of(), List.of(), null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The settings of a view with what differs here. */
    ViewSettings over(ViewSettings view) {
        return new ViewSettings(
                impute == null ? view.impute() : impute,
                fill == null ? view.fill() : fill,
                missingIndicator == null ? view.missingIndicator() : missingIndicator,
                scale == null ? view.scale() : scale,
                clip == null ? view.clip() : clip,
                fence == null ? view.fence() : fence,
                view.categories(),
                minCount == null ? view.minCount() : minCount,
                maxLevels == null ? view.maxLevels() : maxLevels,
                view.targetFrom(),
                smoothing == null ? view.smoothing() : smoothing,
                view.dates(),
                view.numbersFromText(),
                view.text(),
                textFeatures == null ? view.textFeatures() : textFeatures,
                textNgrams == null ? view.textNgrams() : textNgrams,
                view.targetStatistics(),
                view.frequencies(),
                view.crosses(),
                view.arithmetic(),
                view.aggregates());
    }
}
