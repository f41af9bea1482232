/** The steps of a preprocessor: what is learned from one column, and the fitted records that apply it. */
@NullMarked
package io.mlops.pipeline.features.step;

import org.jspecify.annotations.NullMarked;
