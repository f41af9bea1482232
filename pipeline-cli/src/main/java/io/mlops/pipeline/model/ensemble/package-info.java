/** Several models as one. */
@NullMarked
package io.mlops.pipeline.model.ensemble;

import org.jspecify.annotations.NullMarked;
