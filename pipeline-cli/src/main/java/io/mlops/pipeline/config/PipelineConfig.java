package io.mlops.pipeline.config;

import io.mlops.pipeline.automl.AutomlSettings;
import io.mlops.pipeline.automl.EnsembleSettings;
import io.mlops.pipeline.bundle.PredictSettings;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.evaluation.EvaluationSettings;
import io.mlops.pipeline.evaluation.training.TrainSettings;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.settings.Setting;
import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tuning.TuneSettings;

/** All of {@code pipeline.yaml}. */
public record PipelineConfig(
        @Setting("The name under which models are registered.")
        String name,

        @Setting("Decides every random choice.") long seed,

        @Setting(
                value = "How many threads may be used; 0 means all of the machine's. Never changes a result.",
                min = 0,
                max = 1024)
        int threads,

        @Setting("Where the rows come from, what they must look like, and how they are split.")
        DataSettings data,

        @Setting("How columns become features.") FeatureSettings features,
        @Setting("What is trained, and how.") TrainSettings train,
        @Setting("How good hyperparameters are searched.") TuneSettings tune,

        @Setting("How train searches where its model is automl.")
        AutomlSettings automl,

        @Setting("What train combines where its model is ensemble.")
        EnsembleSettings ensemble,

        @Setting("How the model is judged, and what it must reach.")
        EvaluationSettings evaluate,

        @Setting("What is scored each day, and where the predictions go.")
        PredictSettings predict,

        @Setting("Where runs are recorded and models are registered, beside this machine.")
        TrackingSettings tracking) {

    public static PipelineConfig defaults() {
        return new PipelineConfig(
                "model",
                42,
                0,
                DataSettings.defaults(),
                FeatureSettings.defaults(),
                TrainSettings.defaults(),
                TuneSettings.defaults(),
                AutomlSettings.defaults(),
                EnsembleSettings.defaults(),
                EvaluationSettings.defaults(),
                PredictSettings.defaults(),
                TrackingSettings.defaults());
    }

    /** The number of threads to use on this machine. */
    public int availableThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
