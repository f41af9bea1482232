/** A complete saved model, and what scores rows with it. */
@NullMarked
package io.mlops.pipeline.bundle;

import org.jspecify.annotations.NullMarked;
