/** Linear models, support vector machines and nearest neighbours, by Tribuo. */
@NullMarked
package io.mlops.pipeline.model.tribuo;

import org.jspecify.annotations.NullMarked;
