package io.mlops.pipeline.model.neural;

import java.util.List;

/**
 * How to read the numbers of a saved network; its {@code model.json}.
 *
 * @param kind what the outputs are
 * @param features the names of the features
 * @param inputs how each feature enters
 * @param layers how many hidden layers
 * @param width how many neurons in each
 * @param embedding how many coordinates a category has
 * @param frequencies how many frequencies a number has
 * @param outputs how many outputs the last layer has
 * @param center what an output of 0 stands for, where it is a value
 * @param scale what an output of 1 adds to it
 * @param lower the least value
 * @param upper the greatest value
 * @param epochs how many epochs were planned
 * @param kept after how many of them the weights were kept
 */
record NetworkHeader(
        Kind kind,
        Activation activation,
        List<String> features,
        List<Input> inputs,
        int layers,
        int width,
        int embedding,
        int frequencies,
        int outputs,
        double center,
        double scale,
        double lower,
        double upper,
        int epochs,
        int kept) {
    NetworkHeader {
        features = List.copyOf(features);
        inputs = List.copyOf(inputs);
        if (features.size() != inputs.size() || layers < 1 || width < 1 || embedding < 1 || outputs < 1) {
            throw new IllegalArgumentException("the inputs are not those of the features, or a layer is empty");
        }
    }

    /** What the outputs are. */
    enum Kind {
        /** Logarithms of shares, one for each class. */
        CLASSES,
        /** One value. */
        VALUE
    }
}
