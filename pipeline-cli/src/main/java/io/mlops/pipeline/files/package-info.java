/** Whole folders, and files of whole lines. */
@NullMarked
package io.mlops.pipeline.files;

import org.jspecify.annotations.NullMarked;
