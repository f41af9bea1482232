/** What learns, and what it has learned. */
@NullMarked
package io.mlops.pipeline.model;

import org.jspecify.annotations.NullMarked;
