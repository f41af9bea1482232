package io.mlops.pipeline.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One step of the daily run; its result depends on its {@link Inputs}, the seed and the code, and on nothing else. */
public interface Stage {
    /** The name of its command, its folder and its task. */
    String name();

    /**
     * Refuses settings that this stage could never work with, before any stage of a run begins.
     *
     * @throws io.mlops.pipeline.PipelineException of kind USAGE
     */
    default void check(Run run) {}

    /** Everything the outputs depend on; cheap, since it is asked on every run. */
    Inputs inputs(Run run);

    /**
     * Does the work.
     *
     * @param folder an empty temporary folder that becomes the stage's folder when this returns
     */
    Outcome execute(Run run, Path folder);

    /**
     * Clears up what a stage kept beside its folder, now that this is in its place.
     *
     * @param key of the result
     */
    default void committed(Run run, String key) {}

    /** Adds to the record of a run what this stage alone can tell; see {@link StageRecords#describe}. */
    default void describe(Run run, Manifest manifest, StageRecord record) {}

    /** Whether an earlier result with the same inputs may stand in; not for what acts on the world outside its folder. */
    default boolean repeatable() {
        return true;
    }

    /**
     * What the outputs depend on.
     *
     * @param digests the SHA-256 of each input, by name
     * @param parameters settings, by key
     */
    record Inputs(Map<String, String> digests, Map<String, Object> parameters) {}

    /** What a stage tells beside the files it wrote; see {@link Manifest}. */
    record Outcome(Map<String, Double> metrics, Map<String, Object> summary, List<String> notes) {}
}
