/** Which rows validate which model, and how the folds run in parallel. */
@NullMarked
package io.mlops.pipeline.evaluation.validation;

import org.jspecify.annotations.NullMarked;
