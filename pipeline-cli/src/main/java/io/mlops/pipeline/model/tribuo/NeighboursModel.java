package io.mlops.pipeline.model.tribuo;

import com.oracle.labs.mlrg.olcut.util.Pair;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.ReferenceRow;
import io.mlops.pipeline.model.explain.SampledShapley;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.SGDVector;
import org.tribuo.math.neighbour.NeighboursQuery;
import org.tribuo.math.neighbour.bruteforce.NeighboursBruteForceFactory;

/**
 * Predicts the weighted share of each class, or the weighted mean, among the nearest rows.
 *
 * <p>Tribuo compares with every row: from five features on its tree was two to four times slower.
 */
final class NeighboursModel implements TrainedModel {
    private static final String FILE = "model.json";

    /** Keeps the weight of a row at no distance finite. */
    private static final double CLOSEST = 1e-9;

    private final NeighboursMemory memory;
    private final NeighboursQuery nearest;
    private final @Nullable ReferenceRow reference;

    NeighboursModel(NeighboursMemory memory, @Nullable ReferenceRow reference) {
        this.memory = memory;
        this.reference = reference;
        SGDVector[] rows = new SGDVector[memory.rows().length];
        Arrays.setAll(
                rows, row -> vector(memory.rows()[row], 0, memory.features().size()));
        nearest = new NeighboursBruteForceFactory(new L2Distance(), 1).createNeighboursQuery(rows);
    }

    static NeighboursModel load(Path folder, Target target, List<Feature> features) {
        Path file = folder.resolve(FILE);
        NeighboursMemory memory = ModelFiles.readJson(file, NeighboursMemory.class);
        if (memory.outputs() != target.outputs()
                || !memory.features()
                        .equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(file, "its features or classes are not those of the bundle");
        }
        return new NeighboursModel(memory, ReferenceRow.load(folder, features.size()));
    }

    private static SGDVector vector(float[] values, int offset, int columns) {
        double[] vector = new double[columns];
        for (int column = 0; column < columns; column++) {
            vector[column] = values[offset + column];
        }
        return DenseVector.createDenseVector(vector);
    }

    @Override
    public String learner() {
        return "knn";
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        double[] outputs = new double[Math.multiplyExact(features.rows(), memory.outputs())];
        IntStream.range(0, features.rows()).parallel().forEach(row -> {
            SGDVector vector = vector(features.values(), row * features.columns(), features.columns());
            write(vector, outputs, row * memory.outputs());
        });
        return outputs;
    }

    private void write(SGDVector row, double[] outputs, int offset) {
        int count = Math.min(memory.parameters().neighbours(), memory.rows().length);
        List<Pair<Integer, Double>> found = nearest.query(row, count);
        double[] votes = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            votes[i] = vote(found.get(i).getB()) * memory.weights()[found.get(i).getA()];
            sum += votes[i];
        }
        double smoothing = memory.parameters().smoothing();
        double total = smoothing + count;
        for (int k = 0; k < memory.outputs(); k++) {
            outputs[offset + k] = smoothing / total * memory.base()[k];
        }
        for (int i = 0; i < count; i++) {
            double share = votes[i] / sum * count / total;
            double value = memory.values()[found.get(i).getA()];
            if (memory.outputs() > 1) {
                outputs[offset + (int) value] += share;
            } else {
                outputs[offset] += share * value;
            }
        }
    }

    private double vote(double distance) {
        return switch (memory.parameters().weighting()) {
            case UNIFORM -> 1;
            case DISTANCE -> 1 / (distance + CLOSEST);
        };
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        return SampledShapley.of(features, this::predict, memory.outputs() > 1, reference);
    }

    @Override
    public Map<String, Double> importance() {
        return Map.of();
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeJson(folder.resolve(FILE), memory);
        ReferenceRow.save(reference, folder);
    }
}
