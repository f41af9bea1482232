/** Where finished models are kept, and which of them is in use. */
@NullMarked
package io.mlops.pipeline.tracking;

import org.jspecify.annotations.NullMarked;
