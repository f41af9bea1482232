package io.mlops.pipeline.evaluation.imbalance;

import io.mlops.pipeline.settings.Setting;

/** The {@code train.smote} part of {@code pipeline.yaml}. */
public record SmoteSettings(
        @Setting(value = "Among how many nearest rows of its class a neighbour is drawn.", min = 1, max = 100)
        int neighbours,

        @Setting(
                value = "To how many rows a rare class is filled up, as a share of the largest class.",
                min = 0,
                max = 1)
        double ratio) {
    /** Five neighbours and equal classes, as Chawla et al. 2002. */
    public static SmoteSettings defaults() {
        return new SmoteSettings(5, 1);
    }
}
