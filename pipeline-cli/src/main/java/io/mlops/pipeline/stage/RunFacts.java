package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds to a run what it can hold: names are made to fit, long texts are cut, and what is not there is left out. */
final class RunFacts {
    static final int LONGEST_PARAMETER = 6000;
    static final int LONGEST_TAG = 5000;

    private static final String REMARK = " … (cut; manifest.json has the whole)";

    private final RunUpdate.Builder run;

    RunFacts(RunUpdate.Builder run) {
        this.run = run;
    }

    RunFacts parameter(String name, @Nullable Object value) {
        if (value != null) {
            run.parameter(RecordNames.name(name), cut(words(value), LONGEST_PARAMETER));
        }
        return this;
    }

    RunFacts metric(String name, double value, Instant at) {
        return metric(name, value, 0, at);
    }

    /** Infinity would come back as another number. */
    RunFacts metric(String name, double value, long step, Instant at) {
        if (!Double.isInfinite(value)) {
            run.metric(RecordNames.name(name), value, step, at);
        }
        return this;
    }

    RunFacts tag(String name, String value) {
        if (!value.isEmpty()) {
            run.tag(name, cut(value, LONGEST_TAG));
        }
        return this;
    }

    RunFacts dataset(RunUpdate.DatasetUse dataset) {
        run.dataset(dataset);
        return this;
    }

    RunFacts artifact(String path, Path file) {
        if (Files.isRegularFile(file)) {
            run.artifact(path, file);
        }
        return this;
    }

    private static String words(Object value) {
        return value instanceof String || value instanceof Enum<?> || value instanceof Number
                ? value.toString()
                : Json.line(value);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - REMARK.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + REMARK;
    }
}
