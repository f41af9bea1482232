/** Which values a family's hyperparameters may be tried at. */
@NullMarked
package io.mlops.pipeline.model.space;

import org.jspecify.annotations.NullMarked;
