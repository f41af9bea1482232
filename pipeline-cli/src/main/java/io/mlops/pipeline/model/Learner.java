package io.mlops.pipeline.model;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.model.space.Space;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model family.
 *
 * @param <P> its hyperparameters: a settings record
 */
public interface Learner<P extends Record> {
    /** The name in {@code --model} and in {@code pipeline.yaml}. */
    String name();

    Set<Task> tasks();

    View view();

    /** The hyperparameters that are good without tuning, for a task. */
    P defaults(Task task);

    /** The hyperparameters that are worth a search, and their ranges; what it leaves out keeps its default. */
    default Space searchSpace(Task task) {
        return Space.empty();
    }

    /**
     * The same hyperparameters for a first impression: a fit that goes in rounds ends after so many.
     *
     * @return empty where the family does not go in rounds, or would not go as far anyway
     */
    default Optional<P> shortened(P parameters, int rounds) {
        return Optional.empty();
    }

    /** Whether {@link #fit} uses a validation set to decide when to stop. */
    default boolean stopsEarly(P parameters) {
        return false;
    }

    /** The hyperparameters for a fit on all rows, given a model that stopped early on a part of them. */
    default P settled(P parameters, TrainedModel stopped) {
        return parameters;
    }

    /**
     * Learns.
     *
     * @param validation rows that decide when to stop and are not learned from; null where there are none
     * @throws io.mlops.pipeline.PipelineException where the family cannot hold or learn these data, with an estimate and
     *     the alternative
     */
    TrainedModel fit(P parameters, TrainingSet training, @Nullable TrainingSet validation, FitContext context);

    /**
     * Reads what {@link TrainedModel#save} wrote.
     *
     * @param features the features it was trained on, in their order
     * @throws PipelineException where a file is missing or damaged
     */
    TrainedModel load(Path folder, Target target, List<Feature> features);

    /** The family to name where this one cannot do a task. */
    default String alternative(Task task) {
        return "xgboost";
    }

    /** Refuses a task that the family cannot do. */
    default void requireTask(Task task) {
        if (!tasks().contains(task)) {
            String able = new TreeSet<>(tasks())
                    .stream().map(each -> each.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" or "));
            throw PipelineException.usage("model '" + name() + "' learns " + able + " targets, and this target is "
                    + task.name().toLowerCase(Locale.ROOT) + "; use '" + alternative(task) + "' instead");
        }
    }
}
