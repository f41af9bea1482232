/** The table that is measured on, and the parts of the work that the whole is compared with. */
@NullMarked
package io.mlops.pipeline.benchmark;

import org.jspecify.annotations.NullMarked;
