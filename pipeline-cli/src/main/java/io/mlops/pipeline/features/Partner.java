package io.mlops.pipeline.features;

import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.features.step.Join;

/**
 * The second column of a block that reads two.
 *
 * @param type how its cells are read
 * @param join makes one column of both
 */
record Partner(String column, ColumnType type, Join join) {}
