/** Gradient boosting by LightGBM: grown by its native library, kept as its text, walked in Java. */
@NullMarked
package io.mlops.pipeline.model.lightgbm;

import org.jspecify.annotations.NullMarked;
