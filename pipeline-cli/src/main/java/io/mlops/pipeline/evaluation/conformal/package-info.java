/** Intervals and sets that promise how often they hold the truth, and whether they keep it. */
@NullMarked
package io.mlops.pipeline.evaluation.conformal;

import org.jspecify.annotations.NullMarked;
