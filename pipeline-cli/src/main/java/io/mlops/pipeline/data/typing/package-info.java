/** Typed chunks from a source of text cells: the columns of a schema, junk set to missing, unusable rows rejected. */
@NullMarked
package io.mlops.pipeline.data.typing;

import org.jspecify.annotations.NullMarked;
