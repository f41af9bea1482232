/** What an unknown table holds: types, roles and the task, found in one pass, with the evidence for each decision. */
@NullMarked
package io.mlops.pipeline.data.inference;

import org.jspecify.annotations.NullMarked;
