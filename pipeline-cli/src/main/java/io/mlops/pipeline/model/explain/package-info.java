/** Why a model says what it says: what each column of a row adds to its outputs. */
@NullMarked
package io.mlops.pipeline.model.explain;

import org.jspecify.annotations.NullMarked;
