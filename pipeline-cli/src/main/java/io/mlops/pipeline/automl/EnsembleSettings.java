package io.mlops.pipeline.automl;

import io.mlops.pipeline.settings.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code ensemble} part of {@code pipeline.yaml}: what {@code train} combines where its model is {@code ensemble}. */
public record EnsembleSettings(
        @Setting("How models are combined: bagging (the mean of one family's models of all folds), voting (the mean of"
                + " families), greedy (their mean with chosen weights), stacking (a model of their predictions).")
        Kind kind,

        @Setting(
                "The families that are combined; xgboost, lightgbm, extra_trees and a linear one where empty, for bagging"
                        + " xgboost.")
        List<String> families,

        @Setting("Hyperparameters by family, then by name; the family's own defaults where absent.")
        Map<String, Map<String, String>> params,

        @Setting(
                value =
                        "How many parts the training rows are cut into; 1 is one part held out; 5 where absent, but 1 from 200,000"
                                + " rows on, unless for bagging.",
                min = 1,
                max = 20)
        @Nullable Integer folds) {
    /** How models are combined. */
    public enum Kind {
        BAGGING,
        VOTING,
        GREEDY,
        STACKING
    }

    public EnsembleSettings {
        // Also as one text: xgboost, svm.
        families = families.stream()
                .flatMap(each -> Stream.of(each.split(",", -1)))
                .map(String::strip)
                .toList();
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    public static EnsembleSettings defaults() {
        return new EnsembleSettings(Kind.GREEDY, List.of(), Map.of(), null);
    }
}
