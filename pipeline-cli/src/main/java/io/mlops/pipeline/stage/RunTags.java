package io.mlops.pipeline.stage;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who ran what, from where; the tags of every recorded run. */
final class RunTags {
    /** What is true of one stage only. */
    static final Set<String> OF_TASK = Set.of("airflow.task_id", "airflow.try_number");

    private static final String AIRFLOW = "AIRFLOW_CTX_";

    private RunTags() {}

    static Map<String, String> of(Run run, Map<String, String> environment) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("mlflow.user", user());
        tags.put("mlflow.source.name", "mlops " + CodeVersion.current().id());
        tags.put("mlflow.source.type", "JOB");
        Path home = run.home().toAbsolutePath().normalize();
        GitCommit.of(home).ifPresent(commit -> tags.put("mlflow.source.git.commit", commit));
        tags.put("pipeline.date", run.date().toString());
        tags.put("pipeline.model", run.config().name());
        environment.forEach((name, value) -> {
            if (name.startsWith(AIRFLOW) && !value.isEmpty()) {
                tags.put("airflow." + name.substring(AIRFLOW.length()).toLowerCase(Locale.ROOT), value);
            }
        });
        tags.putAll(run.config().tracking().tags());
        return tags;
    }

    /** What names the run to the scheduler that started it; null for none. */
    static @Nullable String origin(Map<String, String> environment) {
        String dag = environment.get(AIRFLOW + "DAG_ID");
        String run = environment.get(AIRFLOW + "DAG_RUN_ID");
        return dag == null || run == null ? null : dag + "/" + run;
    }

    static String user() {
        return System.getProperty("user.name", "unknown");
    }
}
