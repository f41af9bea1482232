/** Which rows are set aside for the test: decided by what the rows hold, never by where they stand. */
@NullMarked
package io.mlops.pipeline.data.split;

import org.jspecify.annotations.NullMarked;
