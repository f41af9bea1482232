/** How good a model is, and whether it may replace another. */
@NullMarked
package io.mlops.pipeline.evaluation;

import org.jspecify.annotations.NullMarked;
