package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.settings.Setting;

/** The hyperparameters of the neural network. */
public record NeuralParameters(
        @Setting(value = "How many hidden layers.", min = 1, max = 8)
        int layers,

        @Setting(value = "How many neurons in each hidden layer.", min = 4, max = 1024)
        int width,

        @Setting("What a neuron makes of its sum: selu or mish.")
        Activation activation,

        @Setting(
                value = "How many frequencies each number's learned waves are made of; 0 leaves numbers as they are.",
                min = 0,
                max = 64)
        int frequencies,

        @Setting(value = "How many learned coordinates a category has, above 8 categories.", min = 1, max = 64)
        int embedding,

        @Setting(value = "How often all rows are learned from at most.", min = 1, max = 10_000)
        int epochs,

        @Setting(
                value =
                        "How many rows are learned from in all, each as often as it is; fewer epochs where there are more.",
                min = 100,
                max = 1e9)
        int visits,

        @Setting(value = "How many rows decide each step.", min = 16, max = 4096)
        int batchSize,

        @Setting(value = "The length of a step, at its greatest.", min = 1e-5, max = 1)
        double learningRate,

        @Setting(value = "The share of neurons left out at each step.", min = 0, max = 0.9)
        double dropout,

        @Setting(value = "How much weights shrink with each step, as a share of its length.", min = 0, max = 1)
        double weightDecay,

        @Setting(value = "The share of each row's class that is spread over all classes.", min = 0, max = 0.5)
        double labelSmoothing,

        @Setting(
                value = "Stops after this many epochs without a better loss on the validation rows and keeps the best;"
                        + " 0 keeps the last.",
                min = 0,
                max = 10_000)
        int earlyStoppingEpochs,

        @Setting(
                value = "Ends after this epoch, with the step lengths of all of them; 0 goes on.",
                min = 0,
                max = 10_000)
        int stopAfter) {

    private static final int UNBOUNDED = 1_000_000_000;

    /** RealMLP's tuned defaults for classification (Holzmüller et al. 2024), in fewer epochs where there are many rows. */
    public static NeuralParameters defaults() {
        return new NeuralParameters(3, 256, Activation.SELU, 16, 8, 256, 250_000, 256, 0.04, 0.15, 0.02, 0, 64, 0);
    }

    /** The same for regression. */
    static NeuralParameters regressionDefaults() {
        return new NeuralParameters(3, 256, Activation.MISH, 16, 8, 256, 250_000, 256, 0.2, 0.15, 0.02, 0, 64, 0);
    }

    /** How many epochs so many rows are learned for. */
    int epochs(int rows) {
        return (int) Math.max(1, Math.min(epochs, visits / Math.max(1L, rows)));
    }

    /** The same, for a fixed number of epochs of a fixed plan. */
    NeuralParameters settled(int planned, int kept) {
        return new NeuralParameters(
                layers,
                width,
                activation,
                frequencies,
                embedding,
                planned,
                UNBOUNDED,
                batchSize,
                learningRate,
                dropout,
                weightDecay,
                labelSmoothing,
                0,
                kept);
    }
}
