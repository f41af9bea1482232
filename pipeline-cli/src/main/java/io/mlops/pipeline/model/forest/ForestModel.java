package io.mlops.pipeline.model.forest;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.TreeShap;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mean of many trees; saved as a {@code model.json} and a {@code trees.bin}: of each tree the number of nodes and of
 * leaves, then features, thresholds, left children and leaves, in little-endian order. What explains predictions, the
 * weight of each leaf's training rows, stands in a {@code weights.bin}.
 */
public final class ForestModel implements TrainedModel {
    private static final String HEADER = "model.json";
    private static final String TREES = "trees.bin";
    private static final String WEIGHTS = "weights.bin";

    /** So many rows pass one tree after the other: the tree then stays in the cache. */
    private static final int BLOCK = 128;

    private final ForestHeader header;
    private final List<Tree> trees;
    private volatile @Nullable TreeShap explained;

    ForestModel(ForestHeader header, List<Tree> trees) {
        this.header = header;
        this.trees = List.copyOf(trees);
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        TreeShap shap = explained;
        if (shap == null) {
            shap = TreeViews.of(header, trees);
            explained = shap;
        }
        return shap.contributions(features);
    }

    static ForestModel load(Path folder, Target target, List<Feature> features) {
        ForestModel model = read(folder, target);
        if (!model.header.features().equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(folder.resolve(HEADER), "its features are not those of the preprocessor");
        }
        return model;
    }

    /** Reads what {@link #save} wrote. */
    public static ForestModel read(Path folder, Target target) {
        Path file = folder.resolve(HEADER);
        ForestHeader header = ModelFiles.readJson(file, ForestHeader.class);
        if (header.task() != target.task()) {
            throw ModelFiles.damaged(file, "its task is not that of the target");
        }
        int columns = header.features().size();
        int outputs = target.task() == Task.MULTICLASS ? target.outputs() : 1;
        if (header.outputs() != outputs
                || header.trees() < 1
                || header.importance().length != columns
                || header.ranks().size() != columns) {
            throw ModelFiles.damaged(file, "its numbers do not fit each other");
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(ModelFiles.readBytes(folder.resolve(TREES))).order(ByteOrder.LITTLE_ENDIAN);
        try {
            List<Tree> trees = new ArrayList<>();
            for (int i = 0; i < header.trees(); i++) {
                trees.add(tree(bytes, outputs, columns));
            }
            require(!bytes.hasRemaining());
            return new ForestModel(header, weighted(folder.resolve(WEIGHTS), trees, outputs));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw ModelFiles.damaged(folder.resolve(TREES), "it does not hold the trees that model.json names", e);
        }
    }

    /** What the numbers of the trees mean. */
    public ForestHeader header() {
        return header;
    }

    /** The trees, in their order. */
    public List<Tree> trees() {
        return trees;
    }

    private static Tree tree(ByteBuffer bytes, int outputs, int columns) {
        int nodes = bytes.getInt();
        int leaves = bytes.getInt();
        require(leaves > 0 && nodes == 2L * leaves - 1);
        require((long) nodes * 12 + (long) leaves * outputs * 4 <= bytes.remaining());
        int[] features = IntStream.range(0, nodes).map(i -> bytes.getInt()).toArray();
        float[] thresholds = floats(bytes, nodes);
        int[] left = IntStream.range(0, nodes).map(i -> bytes.getInt()).toArray();
        for (int node = 0; node < nodes; node++) {
            boolean leaf = left[node] < 0 && ~left[node] < leaves;
            boolean inner = left[node] > node && left[node] + 1 < nodes;
            require((leaf || inner) && features[node] >= 0 && features[node] < columns);
        }
        return new Tree(features, thresholds, left, floats(bytes, leaves * outputs), new float[0]);
    }

    private static List<Tree> weighted(Path file, List<Tree> trees, int outputs) {
        ByteBuffer bytes = ByteBuffer.wrap(ModelFiles.readBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int leaves =
                trees.stream().mapToInt(tree -> tree.leaves().length / outputs).sum();
        if (bytes.remaining() != Float.BYTES * (long) leaves) {
            throw ModelFiles.damaged(file, "it does not hold one number for each leaf");
        }
        return trees.stream()
                .map(tree -> new Tree(
                        tree.features(),
                        tree.thresholds(),
                        tree.left(),
                        tree.leaves(),
                        floats(bytes, tree.leaves().length / outputs)))
                .toList();
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = bytes.getFloat();
        }
        return floats;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("no trees");
        }
    }

    @Override
    public String learner() {
        return ExtraTrees.NAME;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        int width = header.task() == Task.BINARY ? 2 : header.outputs();
        double[] predicted = new double[Math.multiplyExact(features.rows(), width)];
        for (int from = 0; from < features.rows(); from += BLOCK) {
            int count = Math.min(BLOCK, features.rows() - from);
            double[] sums = sums(ranked(features, from, count), count, features.columns());
            for (int row = 0; row < count; row++) {
                write(sums, row * header.outputs(), predicted, (from + row) * width);
            }
        }
        return predicted;
    }

    private float[] ranked(FeatureMatrix features, int from, int count) {
        int columns = features.columns();
        float[] ranked = new float[count * columns];
        for (int row = 0; row < count; row++) {
            for (int column = 0; column < columns; column++) {
                ranked[row * columns + column] = Bins.ranked(
                        features.get(from + row, column), header.ranks().get(column));
            }
        }
        return ranked;
    }

    private double[] sums(float[] rows, int count, int columns) {
        int outputs = header.outputs();
        double[] sums = new double[count * outputs];
        for (Tree tree : trees) {
            for (int row = 0; row < count; row++) {
                tree.add(rows, row * columns, sums, row * outputs, outputs);
            }
        }
        return sums;
    }

    private void write(double[] sums, int from, double[] predicted, int at) {
        switch (header.task()) {
            case BINARY -> {
                predicted[at + 1] = sums[from] / trees.size();
                predicted[at] = 1 - predicted[at + 1];
            }
            case MULTICLASS -> {
                // The leaves' shares are rounded, and add up to 1 but for that.
                double total = 0;
                for (int k = 0; k < header.outputs(); k++) {
                    total += sums[from + k];
                }
                for (int k = 0; k < header.outputs(); k++) {
                    predicted[at + k] = sums[from + k] / total;
                }
            }
            case REGRESSION -> predicted[at] = header.offset() + header.scale() * sums[from] / trees.size();
        }
    }

    @Override
    public Map<String, Double> importance() {
        Map<String, Double> shares = new LinkedHashMap<>();
        IntStream.range(0, header.importance().length)
                .filter(i -> header.importance()[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -header.importance()[i]))
                .forEach(i -> shares.put(header.features().get(i), header.importance()[i]));
        return Collections.unmodifiableMap(shares);
    }

    @Override
    public void save(Path folder) {
        int outputs = header.outputs();
        int size = trees.stream()
                .mapToInt(tree -> 8 + 12 * tree.left().length + 4 * tree.leaves().length)
                .reduce(0, Math::addExact);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (Tree tree : trees) {
            bytes.putInt(tree.left().length).putInt(tree.leaves().length / outputs);
            for (int feature : tree.features()) {
                bytes.putInt(feature);
            }
            for (float threshold : tree.thresholds()) {
                bytes.putFloat(threshold);
            }
            for (int child : tree.left()) {
                bytes.putInt(child);
            }
            for (float leaf : tree.leaves()) {
                bytes.putFloat(leaf);
            }
        }
        ModelFiles.writeBytes(folder.resolve(TREES), bytes.array());
        int leaves = trees.stream().mapToInt(tree -> tree.weights().length).reduce(0, Math::addExact);
        ByteBuffer weights = ByteBuffer.allocate(Float.BYTES * leaves).order(ByteOrder.LITTLE_ENDIAN);
        for (Tree tree : trees) {
            for (float weight : tree.weights()) {
                weights.putFloat(weight);
            }
        }
        ModelFiles.writeBytes(folder.resolve(WEIGHTS), weights.array());
        ModelFiles.writeJson(folder.resolve(HEADER), header);
    }
}
