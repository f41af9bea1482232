/** Looks for pairs of columns that together say more of the target than each by itself. */
@NullMarked
package io.mlops.pipeline.features.interaction;

import org.jspecify.annotations.NullMarked;
