/** The annotation with which a settings record describes its keys. */
@NullMarked
package io.mlops.pipeline.settings;

import org.jspecify.annotations.NullMarked;
