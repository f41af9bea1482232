package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.data.validation.Validation;
import java.util.Map;

/** The usable rows of a source, typed, and what the gate says of them. */
record CheckedRows(TableFile rows, Validation validation, Map<String, Long> classes, ContentHashes content) {}
