package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.features.ColumnFeatures.StepName;
import io.mlops.pipeline.features.ViewSettings.Categories;
import io.mlops.pipeline.features.ViewSettings.Text;
import io.mlops.pipeline.features.step.Distribution;
import io.mlops.pipeline.features.step.LevelCounts;
import io.mlops.pipeline.features.step.LevelSummary;
import io.mlops.pipeline.features.step.MissingIndicator;
import io.mlops.pipeline.features.step.NumberFromText;
import io.mlops.pipeline.features.step.TermCounts;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** Learns a column of words: categories, free text, or both at once where the user chose so. */
final class WordsFit implements ColumnFit {
    private static final Set<StepName> TEXT_STEPS = EnumSet.of(StepName.TFIDF, StepName.HASHED, StepName.TEXT_SIZE);

    /** Above so many classes a mean for each of them would be more features than the category itself. */
    static final int MOST_TARGETS = 10;

    /** What share of the rows must start with a number for the number to be a feature. */
    private static final double NUMBERED = 0.9;

    /** What share of the texts must have one that occurs again for their mean target to be a feature. */
    private static final double REPEATED = 0.2;

    private final ColumnPlan plan;
    private final LevelCounts levels;
    private final @Nullable TermCounts terms;
    private final boolean targets;

    WordsFit(ColumnPlan plan) {
        this.plan = plan;
        int sums = TargetSums.labels(plan.target()).size();
        targets = plan.chosen().contains(StepName.TARGET)
                || (plan.chosen().isEmpty() && plan.settings().targetFrom() > 0 && sums <= MOST_TARGETS);
        levels = new LevelCounts(plan.levelLimit(), targets ? sums : 0);
        boolean text = plan.chosen().isEmpty()
                ? plan.type() == ColumnType.TEXT && plan.settings().text() != Text.NONE
                : plan.chosen().stream().anyMatch(TEXT_STEPS::contains);
        terms = text ? new TermCounts(plan.levelLimit(), plan.settings().textNgrams()) : null;
    }

    @Override
    public void accept(Column<?> column, Supplier<double[]> sums) {
        StringColumn words = (StringColumn) column;
        levels.accept(new LevelCounts.Chunk(words, targets ? sums.get() : null));
        if (terms != null) {
            terms.accept(words);
        }
    }

    @Override
    public Outcome finish() {
        LevelSummary summary = levels.finish();
        if (summary.levels().isEmpty()) {
            return Outcome.dropped("entirely missing");
        }
        if (summary.levels().size() == 1 && summary.missing().count() == 0) {
            return Outcome.dropped("constant");
        }
        Set<StepName> steps = plan.chosen().isEmpty() ? steps(summary) : EnumSet.copyOf(plan.chosen());
        List<Recipe> recipes = new ArrayList<>(new LevelRecipes(plan, summary).of(steps));
        if (terms != null) {
            recipes.addAll(new TextRecipes(plan, terms.finish()).of(steps));
        }
        if (plan.settings().missingIndicator() && summary.missing().count() > 0) {
            recipes.add(Recipe.of(new MissingIndicator()));
        }
        return recipes.isEmpty() ? Outcome.dropped("no category or word occurs often enough") : Outcome.of(recipes);
    }

    private Set<StepName> steps(LevelSummary summary) {
        Set<StepName> steps = EnumSet.noneOf(StepName.class);
        ViewSettings settings = plan.settings();
        long known = summary.rows(1);
        if (plan.type() == ColumnType.TEXT) {
            if (settings.text() != Text.NONE) {
                steps.add(settings.text() == Text.TFIDF ? StepName.TFIDF : StepName.HASHED);
                steps.add(StepName.TEXT_SIZE);
            }
            if (targets && summary.rows(2) >= REPEATED * known) {
                steps.add(StepName.TARGET);
            }
            return steps;
        }
        if (settings.categories() != Categories.NONE) {
            steps.add(
                    switch (settings.categories()) {
                        case NONE, CODES -> StepName.CODES;
                        case ONE_HOT -> StepName.ONE_HOT;
                        case ORDINAL -> StepName.ORDINAL;
                    });
        }
        if (targets && summary.levels().size() >= settings.targetFrom()) {
            steps.add(StepName.TARGET);
        }
        if (settings.frequencies()) {
            steps.add(StepName.FREQUENCY);
        }
        if (settings.numbersFromText()) {
            Distribution numbers = summary.distributions(new NumberFromText()).get(0);
            if (numbers.count() >= NUMBERED * known && numbers.values().length > 2) {
                steps.add(StepName.NUMBER_FROM_TEXT);
            }
        }
        return steps;
    }
}
