package io.mlops.pipeline.stage;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The record of one finished stage: what went in, what came out, and how.
 *
 * @param key the digest of all that the outputs depend on: stage, code, seed, parameters, inputs
 * @param runId the run that this result belongs to
 * @param cached whether an earlier result was reused
 * @param seconds how long the computation took, when it took place
 * @param code version and commit
 * @param inputs the digest of each input, by name
 * @param parameters the settings that the outputs depend on, by key
 * @param outputs the SHA-256 of each file, by its path in the stage's folder
 * @param metrics flat numbers for people and programs
 * @param summary what a following stage or a person wants to know, by name
 */
public record Manifest(
        String stage,
        String key,
        String runId,
        String date,
        boolean cached,
        String started,
        double seconds,
        String code,
        long seed,
        Map<String, String> inputs,
        Map<String, Object> parameters,
        Map<String, String> outputs,
        Map<String, Double> metrics,
        Map<String, Object> summary,
        List<String> notes,
        Map<String, String> environment) {
    static final String FILE = "manifest.json";

    /** A file that lacks any of it is damaged. */
    public Manifest {
        for (Object part : new Object[] {
            stage, key, runId, date, started, code, inputs, parameters, outputs, metrics, summary, notes, environment
        }) {
            Objects.requireNonNull(part);
        }
    }

    Manifest reusedBy(String newRunId, String newDate) {
        return new Manifest(
                stage,
                key,
                newRunId,
                newDate,
                true,
                started,
                seconds,
                code,
                seed,
                inputs,
                parameters,
                outputs,
                metrics,
                summary,
                notes,
                environment);
    }

    /** One text of the summary; empty where it has none of that name. */
    @JsonIgnore
    public String text(String name) {
        Object value = summary.get(name);
        return value == null ? "" : value.toString();
    }

    /** A list of texts of the summary; empty where it has none of that name. */
    @JsonIgnore
    public List<String> texts(String name) {
        return summary.get(name) instanceof List<?> texts
                ? texts.stream().map(Object::toString).toList()
                : List.of();
    }
}
