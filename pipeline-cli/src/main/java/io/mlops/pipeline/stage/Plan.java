package io.mlops.pipeline.stage;

import java.util.ArrayList;
import java.util.List;

/** What a run would do, without doing it. */
public final class Plan {
    /**
     * One stage of the plan.
     *
     * @param reasons why it would be computed; empty where an earlier result answers
     */
    public record Step(String stage, List<String> reasons) {
        public Step {
            reasons = List.copyOf(reasons);
        }

        public boolean cached() {
            return reasons.isEmpty();
        }
    }

    private Plan() {}

    /** The steps of a run of some stages, in their order. */
    public static List<Step> of(List<? extends Stage> stages, Run run) {
        List<Step> steps = new ArrayList<>();
        String recomputed = "";
        for (Stage stage : stages) {
            List<String> reasons = recomputed.isEmpty()
                    ? reasons(stage, run)
                    : List.of("its input comes from " + recomputed + ", which is computed");
            steps.add(new Step(stage.name(), reasons));
            if (!reasons.isEmpty()) {
                recomputed = stage.name();
            }
        }
        return steps;
    }

    private static List<String> reasons(Stage stage, Run run) {
        if (!stage.repeatable()) {
            return List.of("it always runs");
        }
        StageKey key = StageKey.of(stage, run);
        String digest = key.digest();
        if (StageCache.isWhole(run.folder(stage.name()), digest)
                || StageCache.of(run.home()).find(digest).isPresent()) {
            return List.of();
        }
        List<String> differences = key.differences(run.manifest(stage.name()));
        return differences.isEmpty() ? List.of("files of the earlier result are missing or damaged") : differences;
    }
}
