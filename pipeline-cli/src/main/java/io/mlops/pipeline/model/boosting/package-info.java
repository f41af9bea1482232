/** What gradient boosting needs whichever library grows the trees. */
@NullMarked
package io.mlops.pipeline.model.boosting;

import org.jspecify.annotations.NullMarked;
