package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.config.Nearest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stages of the daily run, in their order. */
public final class Stages {
    private Stages() {}

    /** One new object of every stage. */
    public static List<Stage> all() {
        return List.of(
                new PrepareDataStage(),
                new PrepareFeaturesStage(),
                new TrainStage(),
                new EvaluateStage(),
                new RegisterStage());
    }

    /** The stages that only their own command runs. */
    public static List<Stage> onDemand() {
        return List.of(new TuneStage(false));
    }

    public static List<String> names() {
        return all().stream().map(Stage::name).toList();
    }

    /**
     * The stages from one to another, both included.
     *
     * @param from null for the first
     * @param to null for the last
     */
    public static List<Stage> between(@Nullable String from, @Nullable String to) {
        List<Stage> all = all();
        int first = from == null ? 0 : position(from);
        int last = to == null ? all.size() - 1 : position(to);
        if (first > last) {
            throw PipelineException.usage(
                    "'" + from + "' comes after '" + to + "'; the order is " + String.join(", ", names()));
        }
        return all.subList(first, last + 1);
    }

    private static int position(String name) {
        int position = names().indexOf(name);
        if (position < 0) {
            throw PipelineException.usage("no stage '" + name + "'" + Nearest.hint(name, names()) + "; there are "
                    + String.join(", ", names()));
        }
        return position;
    }
}
