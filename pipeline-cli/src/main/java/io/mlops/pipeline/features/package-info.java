/** From clean rows to the matrix a model reads. */
@NullMarked
package io.mlops.pipeline.features;

import org.jspecify.annotations.NullMarked;
