/** Fitting corrections of probabilities, kept only where they help. */
@NullMarked
package io.mlops.pipeline.evaluation.calibration;

import org.jspecify.annotations.NullMarked;
