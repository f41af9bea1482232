/** The stages, their order, and what makes each of them atomic, repeatable and cached. */
@NullMarked
package io.mlops.pipeline.stage;

import org.jspecify.annotations.NullMarked;
