package io.mlops.pipeline.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a settings record: the reference, the JSON Schema and the checks on reading follow from it.
 *
 * <p>A settings record has a static {@code defaults()} and components of type {@code boolean}, {@code int}, {@code long},
 * {@code double}, {@code String}, an enum, a further settings record, {@code List} or {@code Map<String, ...>} of these; a
 * component that may be absent is {@code @Nullable} and boxed. The key in yaml is the component's name in snake_case, an
 * enum constant's is its name in lower case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** What the key means, as one sentence for the reference. */
    String value();

    /** The smallest number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** The words allowed, for a text; empty means any. */
    String[] choices() default {};
}
