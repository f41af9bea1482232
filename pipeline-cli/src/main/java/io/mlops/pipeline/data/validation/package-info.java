/** The gate that a batch must pass: what its columns and the table as a whole must look like. */
@NullMarked
package io.mlops.pipeline.data.validation;

import org.jspecify.annotations.NullMarked;
