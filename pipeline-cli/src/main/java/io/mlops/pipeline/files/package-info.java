/** Whole folders of files. */
@NullMarked
package io.mlops.pipeline.files;

import org.jspecify.annotations.NullMarked;
