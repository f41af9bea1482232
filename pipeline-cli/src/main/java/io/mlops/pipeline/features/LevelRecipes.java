package io.mlops.pipeline.features;

import io.mlops.pipeline.features.ColumnFeatures.StepName;
import io.mlops.pipeline.features.ColumnFit.Recipe;
import io.mlops.pipeline.features.step.Codes;
import io.mlops.pipeline.features.step.Encoding;
import io.mlops.pipeline.features.step.Frequency;
import io.mlops.pipeline.features.step.LevelSummary;
import io.mlops.pipeline.features.step.NumberFromText;
import io.mlops.pipeline.features.step.OneHot;
import io.mlops.pipeline.features.step.Ordinal;
import io.mlops.pipeline.features.step.TargetEncoding;
import io.mlops.pipeline.features.step.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Fits the steps that a column's categories can have. */
final class LevelRecipes {
    /** A category of one row says nothing about another row's target. */
    private static final long REPEATED = 2;

    private final ColumnPlan plan;
    private final LevelSummary summary;
    private final Refining refining;

    LevelRecipes(ColumnPlan plan, LevelSummary summary) {
        this.plan = plan;
        this.summary = summary;
        refining = new Refining(plan.settings());
    }

    List<Recipe> of(Set<StepName> steps) {
        List<String> frequent = summary.words(plan.settings().minCount());
        List<String> kept =
                frequent.subList(0, Math.min(frequent.size(), plan.settings().maxLevels()));
        List<Recipe> recipes = new ArrayList<>();
        // A code is no quantity, and that of a missing category no number at all: nothing for sums.
        boolean sums = plan.view() == View.LINEAR;
        boolean codes = steps.contains(StepName.CODES);
        if (codes && !sums && !kept.isEmpty()) {
            recipes.add(Recipe.of(new Codes(new Vocabulary(kept))));
        }
        if ((steps.contains(StepName.ONE_HOT) || (codes && sums)) && !kept.isEmpty()) {
            recipes.add(Recipe.of(oneHot(kept)));
        }
        if (steps.contains(StepName.ORDINAL)) {
            recipes.add(refined(new Ordinal(new Vocabulary(order()))));
        }
        if (steps.contains(StepName.NUMBER_FROM_TEXT)) {
            recipes.add(refined(new NumberFromText()));
        }
        if (steps.contains(StepName.TARGET) && summary.rows(REPEATED) > 0) {
            recipes.add(refined(TargetEncoding.fit(
                    summary,
                    TargetSums.labels(plan.target()),
                    REPEATED,
                    plan.settings().smoothing())));
        }
        if (steps.contains(StepName.FREQUENCY)) {
            recipes.add(refined(Frequency.fit(summary)));
        }
        return recipes;
    }

    private Recipe refined(Encoding encoding) {
        return new Recipe(encoding, refining.fit(summary.distributions(encoding)));
    }

    /** Of two categories that exclude each other one is enough. */
    private OneHot oneHot(List<String> kept) {
        boolean other = kept.size() < summary.levels().size();
        boolean opposite = kept.size() == 2 && !other && summary.missing().count() == 0;
        return new OneHot(new Vocabulary(opposite ? kept.subList(1, 2) : kept), other);
    }

    /** The user's order; without one, that of the numbers the categories start with, then of the alphabet. */
    private List<String> order() {
        if (!plan.order().isEmpty()) {
            return plan.order();
        }
        return summary.levels().stream()
                .map(LevelSummary.Level::word)
                .sorted(Comparator.comparingDouble(NumberFromText::parse).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
