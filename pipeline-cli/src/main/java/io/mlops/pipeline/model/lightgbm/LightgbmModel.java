package io.mlops.pipeline.model.lightgbm;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trees that LightGBM grew; saved as LightGBM's text and a {@code model.json} that says how to read what they give. They are
 * walked in Java, tree by tree in LightGBM's order, which is fast for one row too, needs no native code and no lock.
 */
public final class LightgbmModel implements TrainedModel {
    /** So many rows pass one tree after the other: the tree then stays in the cache. */
    private static final int BLOCK = 128;

    private static final String TREES = "trees.txt";
    private static final String OUTPUTS = "model.json";

    private final String text;
    private final Outputs outputs;
    private final int width;
    private final int sums;
    private final List<Tree> trees;
    private final List<LearningCurve> curves;

    /**
     * Reads trees.
     *
     * @param width how many outputs a row has
     * @throws IllegalArgumentException where the text is damaged
     */
    LightgbmModel(String text, Outputs outputs, int width, List<LearningCurve> curves) {
        this.text = text;
        this.outputs = outputs;
        this.width = width;
        this.sums = outputs.task() == Task.BINARY ? 1 : width;
        this.trees = TextReader.read(text, outputs.features().size(), sums);
        this.curves = curves;
    }

    static LightgbmModel load(Path folder, Target target, List<Feature> features) {
        LightgbmModel model = read(folder, target);
        if (!model.outputs
                .features()
                .equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(folder.resolve(OUTPUTS), "its features are not those of the preprocessor");
        }
        return model;
    }

    /** Reads what {@link #save} wrote. */
    public static LightgbmModel read(Path folder, Target target) {
        Outputs outputs = ModelFiles.readJson(folder.resolve(OUTPUTS), Outputs.class);
        if (outputs.task() != target.task()) {
            throw ModelFiles.damaged(folder.resolve(OUTPUTS), "its task is not that of the target");
        }
        Path file = folder.resolve(TREES);
        String text = new String(ModelFiles.readBytes(file), StandardCharsets.UTF_8);
        try {
            return new LightgbmModel(text, outputs, target.outputs(), List.of());
        } catch (IllegalArgumentException e) {
            throw ModelFiles.damaged(file, String.valueOf(e.getMessage()), e);
        }
    }

    int rounds() {
        return trees.size() / sums;
    }

    /** What the sums of the trees mean. */
    public Outputs outputs() {
        return outputs;
    }

    /** How many sums a row has. */
    public int sums() {
        return sums;
    }

    /** The trees, round by round, one for each sum. */
    public List<Tree> trees() {
        return trees;
    }

    @Override
    public String learner() {
        return Lightgbm.NAME;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        double[] predicted = new double[Math.multiplyExact(features.rows(), width)];
        for (int from = 0; from < features.rows(); from += BLOCK) {
            int rows = Math.min(BLOCK, features.rows() - from);
            double[] totals = sums(features, from, rows);
            for (int row = 0; row < rows; row++) {
                outputs.write(totals, row * sums, sums, predicted, (from + row) * width);
            }
        }
        return predicted;
    }

    private double[] sums(FeatureMatrix features, int from, int rows) {
        double[] totals = new double[rows * sums];
        int columns = features.columns();
        for (int i = 0; i < trees.size(); i++) {
            Tree tree = trees.get(i);
            for (int row = 0; row < rows; row++) {
                totals[row * sums + i % sums] += tree.value(features.values(), (from + row) * columns);
            }
        }
        return totals;
    }

    @Override
    public Map<String, Double> importance() {
        double[] gains = new double[outputs.features().size()];
        double total = 0;
        for (Tree tree : trees) {
            for (int node = 0; node < tree.gains().length; node++) {
                double gain = Math.min(Float.MAX_VALUE, Math.max(0, tree.gains()[node]));
                gains[tree.features()[node]] += gain;
                total += gain;
            }
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        double all = total;
        IntStream.range(0, gains.length)
                .filter(i -> gains[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -gains[i]))
                .forEach(i -> shares.put(outputs.features().get(i), gains[i] / all));
        return Collections.unmodifiableMap(shares);
    }

    @Override
    public List<LearningCurve> learningCurves() {
        return curves;
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeBytes(folder.resolve(TREES), text.getBytes(StandardCharsets.UTF_8));
        ModelFiles.writeJson(folder.resolve(OUTPUTS), outputs);
    }
}
