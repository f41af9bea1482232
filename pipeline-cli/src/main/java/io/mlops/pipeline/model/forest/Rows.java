package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.boosting.Labels;
import java.util.ArrayList;
import java.util.List;

/**
 * What trees grow from.
 *
 * @param ranks of each feature the order of its categories; empty for a number
 * @param outputs how many numbers a leaf has: one for each of three and more classes, else one
 * @param values of each row the number that is averaged, or the class where a leaf has several
 * @param weights of each row
 * @param prior the mean of each output
 */
record Rows(List<Bins> bins, List<float[]> ranks, int outputs, double[] values, double[] weights, double[] prior) {
    static Rows of(TrainingSet training, Labels labels) {
        Task task = training.target().task();
        double[] values = training.values().clone();
        double[] weights = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            weights[row] = training.weight(row);
            if (task == Task.REGRESSION) {
                values[row] = (values[row] - labels.offsets()[0]) / labels.scale();
            }
        }
        double[] shares = labels.offsets();
        double[] prior =
                switch (task) {
                    case BINARY -> new double[] {shares[1]};
                    case MULTICLASS -> shares;
                    case REGRESSION -> new double[] {0};
                };
        double[] ordering = values.clone();
        if (task == Task.MULTICLASS) {
            int frequent = 0;
            for (int k = 1; k < shares.length; k++) {
                frequent = shares[k] > shares[frequent] ? k : frequent;
            }
            for (int row = 0; row < values.length; row++) {
                ordering[row] = values[row] == frequent ? 1 : 0;
            }
        }
        List<Bins> bins = new ArrayList<>();
        List<float[]> ranks = new ArrayList<>();
        List<Feature> features = training.features().features();
        for (int column = 0; column < features.size(); column++) {
            float[] own = features.get(column).isCategorical()
                    ? Bins.ranks(training.features(), column, ordering)
                    : new float[0];
            ranks.add(own);
            bins.add(Bins.of(training.features(), column, own));
        }
        return new Rows(List.copyOf(bins), List.copyOf(ranks), prior.length, values, weights, prior);
    }

    int count() {
        return values.length;
    }
}
