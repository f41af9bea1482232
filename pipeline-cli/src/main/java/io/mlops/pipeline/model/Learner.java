package io.mlops.pipeline.model;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.View;
import java.util.Set;
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
}
