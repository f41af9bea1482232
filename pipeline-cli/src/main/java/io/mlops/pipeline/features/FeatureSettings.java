package io.mlops.pipeline.features;

import io.mlops.pipeline.settings.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code features} part of {@code pipeline.yaml}. */
public record FeatureSettings(
        @Setting(
                "How columns are prepared for tree learners (xgboost, lightgbm, random_forest, extra_trees, decision_tree).")
        ViewSettings tree,

        @Setting("How columns are prepared for linear models, support vector machines and neighbours.")
        ViewSettings linear,

        @Setting("How columns are prepared for neural networks.")
        ViewSettings neural,

        @Setting("What differs for single columns, by the column's name.")
        Map<String, ColumnFeatures> columns,

        @Setting("Which columns a model learns from; decided on training rows alone, in each fold anew.")
        SelectionSettings select) {
    public FeatureSettings {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    public static FeatureSettings defaults() {
        return new FeatureSettings(
                ViewSettings.treeDefaults(),
                ViewSettings.defaults(),
                ViewSettings.neuralDefaults(),
                Map.of(),
                SelectionSettings.defaults());
    }

    /** The same, with another way to select columns. */
    public FeatureSettings withSelect(SelectionSettings other) {
        return new FeatureSettings(tree, linear, neural, columns, other);
    }

    /** The settings of a view. */
    public ViewSettings view(View view) {
        return switch (view) {
            case TREE -> tree;
            case LINEAR -> linear;
            case NEURAL -> neural;
        };
    }
}
