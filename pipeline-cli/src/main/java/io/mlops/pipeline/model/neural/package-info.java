/** The neural network, in plain loops that the virtual machine makes vector instructions of. */
@NullMarked
package io.mlops.pipeline.model.neural;

import org.jspecify.annotations.NullMarked;
