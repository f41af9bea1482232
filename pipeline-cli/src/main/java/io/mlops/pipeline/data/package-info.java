/** What a table is: its schema, its typed rows as chunks, its target. */
@NullMarked
package io.mlops.pipeline.data;

import org.jspecify.annotations.NullMarked;
