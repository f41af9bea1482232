/** From {@code pipeline.yaml} and flags to settings records. */
@NullMarked
package io.mlops.pipeline.config;

import org.jspecify.annotations.NullMarked;
