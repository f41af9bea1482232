/** The search for good hyperparameters: what is tried next, when a trial is given up, and the record of all of them. */
@NullMarked
package io.mlops.pipeline.tuning;

import org.jspecify.annotations.NullMarked;
