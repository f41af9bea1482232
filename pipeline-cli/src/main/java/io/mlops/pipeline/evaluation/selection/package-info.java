/** Which columns a model is to learn from, decided on training rows. */
@NullMarked
package io.mlops.pipeline.evaluation.selection;

import org.jspecify.annotations.NullMarked;
