/** The best model in a given time: portfolio, time budget, ensemble selection. */
@NullMarked
package io.mlops.pipeline.automl;

import org.jspecify.annotations.NullMarked;
