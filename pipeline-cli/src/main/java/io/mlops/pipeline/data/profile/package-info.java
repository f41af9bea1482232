/** What the training rows look like, column by column: for the report, and to notice later that the data has drifted. */
@NullMarked
package io.mlops.pipeline.data.profile;

import org.jspecify.annotations.NullMarked;
