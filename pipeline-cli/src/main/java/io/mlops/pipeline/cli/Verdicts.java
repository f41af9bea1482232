package io.mlops.pipeline.cli;

import io.mlops.pipeline.evaluation.Verdict;
import io.mlops.pipeline.stage.EvaluateStage;
import io.mlops.pipeline.stage.Manifest;
import io.mlops.pipeline.stage.RegisterStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the verdict means for the exit code and the result of a command. */
final class Verdicts {
    private static final String REJECTED = Verdict.Outcome.REJECTED.key();

    private Verdicts() {}

    /** 4 for a rejected model where that is asked for, 99 where registering promoted nothing, 0 otherwise. */
    static ExitCode exitCode(List<Manifest> manifests, boolean failOnReject) {
        if (failOnReject
                && manifests.stream().anyMatch(each -> each.text("verdict").equals(REJECTED))) {
            return ExitCode.MODEL_REJECTED;
        }
        boolean promoted = of(manifests, RegisterStage.NAME)
                .map(each -> Boolean.parseBoolean(each.text("promoted")))
                .orElse(true);
        return promoted ? ExitCode.DONE : ExitCode.NOTHING_TO_DO;
    }

    /** Adds verdict, reason and version to the JSON of a command. */
    static void describe(List<Manifest> manifests, Map<String, Object> result) {
        of(manifests, EvaluateStage.NAME).ifPresent(evaluate -> {
            result.put("verdict", evaluate.text("verdict"));
            result.put("reason", evaluate.text("reason"));
        });
        of(manifests, RegisterStage.NAME).ifPresent(register -> {
            result.put("verdict", register.text("verdict"));
            result.put("reason", register.text("reason"));
            result.put("model", register.text("name"));
            Object version = register.summary().get("version");
            if (version != null) {
                result.put("version", version);
            }
            result.put("promoted", Boolean.valueOf(register.text("promoted")));
            result.put("promoted_before", Boolean.valueOf(register.text("promoted_before")));
        });
    }

    static Optional<Manifest> of(List<Manifest> manifests, String stage) {
        return manifests.stream().filter(each -> each.stage().equals(stage)).findFirst();
    }
}
