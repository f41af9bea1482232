package io.mlops.pipeline.config;

import java.util.Locale;

/** How Java names are spelt as keys. */
final class Names {
    private Names() {}

    /** {@code maxDepth} as {@code max_depth}. */
    static String key(String component) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (Character.isUpperCase(c)) {
                key.append('_').append(Character.toLowerCase(c));
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }

    /** An enum constant as it stands in yaml: its name in lower case. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
