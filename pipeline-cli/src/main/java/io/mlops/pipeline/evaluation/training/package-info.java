/** The procedure from clean rows to a model with its calibration, threshold and scores. */
@NullMarked
package io.mlops.pipeline.evaluation.training;

import org.jspecify.annotations.NullMarked;
