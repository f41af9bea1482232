/** Gradient boosting, forests and single trees, by XGBoost. */
@NullMarked
package io.mlops.pipeline.model.xgboost;

import org.jspecify.annotations.NullMarked;
