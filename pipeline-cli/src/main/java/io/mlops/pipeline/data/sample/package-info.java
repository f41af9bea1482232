/** Tables that the project generates, so that it can be tried and tested without any data of its own. */
@NullMarked
package io.mlops.pipeline.data.sample;

import org.jspecify.annotations.NullMarked;
