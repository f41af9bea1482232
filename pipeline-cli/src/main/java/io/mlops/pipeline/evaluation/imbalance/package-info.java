/** What is done about rare classes in training rows, and only there. */
@NullMarked
package io.mlops.pipeline.evaluation.imbalance;

import org.jspecify.annotations.NullMarked;
