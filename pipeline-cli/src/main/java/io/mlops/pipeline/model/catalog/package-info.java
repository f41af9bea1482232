/** The list of model families. */
@NullMarked
package io.mlops.pipeline.model.catalog;

import org.jspecify.annotations.NullMarked;
