/** The command line: one class per command, exit codes, output. */
@NullMarked
package io.mlops.pipeline.cli;

import org.jspecify.annotations.NullMarked;
