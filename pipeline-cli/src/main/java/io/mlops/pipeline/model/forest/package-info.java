/** Extremely randomised trees, grown and walked in Java. */
@NullMarked
package io.mlops.pipeline.model.forest;

import org.jspecify.annotations.NullMarked;
