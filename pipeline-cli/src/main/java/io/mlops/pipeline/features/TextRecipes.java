package io.mlops.pipeline.features;

import io.mlops.pipeline.features.ColumnFeatures.StepName;
import io.mlops.pipeline.features.ColumnFit.Recipe;
import io.mlops.pipeline.features.step.HashedText;
import io.mlops.pipeline.features.step.TermSummary;
import io.mlops.pipeline.features.step.TextSize;
import io.mlops.pipeline.features.step.TfIdf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fits the steps that a column of free text can have. */
final class TextRecipes {
    private final ColumnPlan plan;
    private final TermSummary summary;

    TextRecipes(ColumnPlan plan, TermSummary summary) {
        this.plan = plan;
        this.summary = summary;
    }

    List<Recipe> of(Set<StepName> steps) {
        ViewSettings settings = plan.settings();
        List<Recipe> recipes = new ArrayList<>();
        List<String> terms = summary.commonest(settings.textFeatures(), settings.minCount());
        if (steps.contains(StepName.TFIDF) && !terms.isEmpty()) {
            recipes.add(Recipe.of(TfIdf.fit(summary, settings.textNgrams(), terms)));
        }
        if (steps.contains(StepName.HASHED)) {
            recipes.add(Recipe.of(new HashedText(settings.textNgrams(), settings.textFeatures())));
        }
        boolean varies = !summary.lengths().isConstant() || !summary.words().isConstant();
        if (steps.contains(StepName.TEXT_SIZE) && varies) {
            // A missing text has length 0, which the distributions of the texts do not count.
            recipes.add(new Recipe(
                    new TextSize(),
                    new Refining(settings)
                            .fit(List.of(
                                    summary.lengths().imputed(0),
                                    summary.words().imputed(0)))));
        }
        return recipes;
    }
}
