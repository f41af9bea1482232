/** How long work tells how far it has come. */
@NullMarked
package io.mlops.pipeline.progress;

import org.jspecify.annotations.NullMarked;
