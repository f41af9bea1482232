package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mlops.pipeline.tracking.Registration;
import io.mlops.pipeline.tracking.RunUpdate;
import org.jspecify.annotations.Nullable;

/**
 * One line of the spool: news of a run, or a model to be registered.
 *
 * @param experiment where the run belongs
 * @param files the folder of the spool with the files that it names; null where it names none
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpoolEvent(
        String experiment,
        @Nullable String files,
        @Nullable RunUpdate update,
        @Nullable ModelEvent model) {
    /** The key of the run, or of the registration. */
    String key() {
        return update != null ? update.key() : model != null ? model.key() : "";
    }

    /**
     * A bundle to be registered; it lies in the folder of files.
     *
     * @param key names this registration for ever
     * @param beaten the champion that it was compared with; null for none
     * @param promote whether it won
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record ModelEvent(
            String key,
            String name,
            String digest,
            Registration registration,
            @Nullable Integer beaten,
            boolean promote) {}
}
