/** From a source to checked, typed training and test rows. */
@NullMarked
package io.mlops.pipeline.data.preparation;

import org.jspecify.annotations.NullMarked;
