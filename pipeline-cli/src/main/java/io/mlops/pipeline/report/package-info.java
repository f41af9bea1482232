@NullMarked
package io.mlops.pipeline.report;

import org.jspecify.annotations.NullMarked;
