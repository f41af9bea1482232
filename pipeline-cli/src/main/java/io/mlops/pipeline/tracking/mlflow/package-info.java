/** What MLflow keeps of runs and models. */
@NullMarked
package io.mlops.pipeline.tracking.mlflow;

import org.jspecify.annotations.NullMarked;
