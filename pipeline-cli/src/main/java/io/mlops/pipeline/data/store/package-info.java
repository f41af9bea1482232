/** Typed rows on disk: Arrow IPC files that other programs can read too. */
@NullMarked
package io.mlops.pipeline.data.store;

import org.jspecify.annotations.NullMarked;
