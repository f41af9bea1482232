package io.mlops.pipeline.tracking;

import io.mlops.pipeline.PipelineException;
import java.util.regex.Pattern;

/** What models and aliases may be called: names that are safe as folders, on command lines and in addresses. */
public final class ModelNames {
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,49}");

    private ModelNames() {}

    /** The name, unless it cannot be one. */
    public static String model(String name) {
        if (!MODEL.matcher(name).matches()) {
            throw PipelineException.usage(
                    "'" + name + "' cannot be a model's name: use letters, digits, '.', '_' and '-',"
                            + " at most 100, with a letter or a digit first");
        }
        return name;
    }

    public static String alias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw PipelineException.usage("'" + alias
                    + "' cannot be an alias: use letters, digits, '_' and '-', at most" + " 50, with a letter first");
        }
        return alias;
    }
}
