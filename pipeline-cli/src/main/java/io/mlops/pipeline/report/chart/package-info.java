@NullMarked
package io.mlops.pipeline.report.chart;

import org.jspecify.annotations.NullMarked;
