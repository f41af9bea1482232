/** How much a model relies on each column. */
@NullMarked
package io.mlops.pipeline.evaluation.importance;

import org.jspecify.annotations.NullMarked;
