/** A saved model as one ONNX graph, from typed columns to the answer. */
@NullMarked
package io.mlops.pipeline.bundle.onnx;

import org.jspecify.annotations.NullMarked;
