/** Choosing the probability from which on a row counts as positive. */
@NullMarked
package io.mlops.pipeline.evaluation.threshold;

import org.jspecify.annotations.NullMarked;
