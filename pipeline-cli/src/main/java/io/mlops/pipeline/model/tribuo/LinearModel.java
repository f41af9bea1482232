package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import io.mlops.pipeline.model.explain.LinearContributions;
import io.mlops.pipeline.model.explain.ReferenceRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weighted sums of the features; saved as JSON. */
final class LinearModel implements TrainedModel {
    private static final String FILE = "model.json";

    private final Weighted weighted;
    private final @Nullable ReferenceRow reference;

    /** How sums become outputs. */
    enum Kind {
        LOGISTIC(Link.LOGISTIC),
        SOFTMAX(Link.SOFTMAX),
        ONE_VS_REST(Link.ONE_VS_REST),
        VALUE(Link.IDENTITY);

        private final Link link;

        Kind(Link link) {
            this.link = link;
        }
    }

    /**
     * The {@code model.json}.
     *
     * @param learner the family it comes from
     * @param kind how sums become outputs
     * @param features the names of the features, in their order
     * @param intercepts what is added to each sum
     * @param coefficients for each sum one coefficient per feature
     * @param importances the share of each feature
     */
    record Weighted(
            String learner,
            Kind kind,
            List<String> features,
            double[] intercepts,
            double[][] coefficients,
            double[] importances) {
        Weighted {
            features = List.copyOf(features);
        }
    }

    private LinearModel(Weighted weighted, @Nullable ReferenceRow reference) {
        this.weighted = weighted;
        this.reference = reference;
    }

    static LinearModel of(String learner, Kind kind, TrainingSet rows, double[] intercepts, double[][] coefficients) {
        List<String> features =
                rows.features().features().stream().map(Feature::name).toList();
        double[] importances = Spread.importances(rows.features(), coefficients);
        return new LinearModel(
                new Weighted(learner, kind, features, intercepts, coefficients, importances),
                ReferenceRow.of(rows.features()));
    }

    static LinearModel load(Path folder, List<Feature> features) {
        Path file = folder.resolve(FILE);
        Weighted weighted = ModelFiles.readJson(file, Weighted.class);
        if (!weighted.features().equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(file, "its features are not those of the preprocessor");
        }
        return new LinearModel(weighted, ReferenceRow.load(folder, features.size()));
    }

    @Override
    public String learner() {
        return weighted.learner();
    }

    @Override
    public double[] predict(FeatureMatrix matrix) {
        int sums = weighted.coefficients().length;
        int width = weighted.kind().link.outputs(sums);
        double[] outputs = new double[Math.multiplyExact(matrix.rows(), width)];
        double[] row = new double[sums];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int k = 0; k < sums; k++) {
                row[k] = sum(matrix, i, k);
            }
            weighted.kind().link.write(row, outputs, i * width);
        }
        return outputs;
    }

    private double sum(FeatureMatrix matrix, int row, int k) {
        double[] weights = weighted.coefficients()[k];
        float[] values = matrix.values();
        int offset = row * weights.length;
        double sum = weighted.intercepts()[k];
        for (int column = 0; column < weights.length; column++) {
            sum += weights[column] * values[offset + column];
        }
        return sum;
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        return LinearContributions.of(
                features, weighted.kind().link, weighted.intercepts(), weighted.coefficients(), reference);
    }

    @Override
    public Map<String, Double> importance() {
        return Spread.named(weighted.features(), weighted.importances());
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeJson(folder.resolve(FILE), weighted);
        ReferenceRow.save(reference, folder);
    }
}
