/** What the contributions of columns to many predictions say about a model. */
@NullMarked
package io.mlops.pipeline.evaluation.explanation;

import org.jspecify.annotations.NullMarked;
