/**
 * Records runs and registers models on an MLflow server.
 *
 * <p>Every entry goes to a spool on this machine first. A courier takes it to the server from there, in order, by
 * operations that may be repeated without harm, so that an outage neither holds a stage up nor loses anything.
 */
@NullMarked
package io.mlops.pipeline.tracking.mlflow;

import org.jspecify.annotations.NullMarked;
