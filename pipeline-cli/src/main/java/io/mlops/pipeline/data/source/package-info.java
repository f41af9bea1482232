/** Where rows come from: one class per format. */
@NullMarked
package io.mlops.pipeline.data.source;

import org.jspecify.annotations.NullMarked;
