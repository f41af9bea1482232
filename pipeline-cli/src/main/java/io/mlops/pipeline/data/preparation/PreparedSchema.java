package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.data.CellFormat;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;

/**
 * How prepared rows were read, and are to be read again when they are scored; {@code schema.json}.
 *
 * @param schema the columns that are read, ignored ones left out
 */
public record PreparedSchema(TableSchema schema, Target target, CellFormat cells) {}
