/** The error types that every package shares. */
@NullMarked
package io.mlops.pipeline;

import org.jspecify.annotations.NullMarked;
