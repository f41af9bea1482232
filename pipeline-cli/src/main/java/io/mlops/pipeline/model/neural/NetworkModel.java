package io.mlops.pipeline.model.neural;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.LearningCurve;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.ReferenceRow;
import io.mlops.pipeline.model.explain.SampledShapley;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trained network; saved as {@code model.json} and its weights as little-endian floats of 32 bits. */
final class NetworkModel implements TrainedModel {
    static final String NAME = "neural_network";

    private static final String HEADER = "model.json";
    private static final String WEIGHTS = "weights.bin";
    private static final int BLOCK = 256;

    private final NetworkHeader header;
    private final float[] weights;
    private final Scoring scoring;
    private final List<LearningCurve> curves;
    private final @Nullable ReferenceRow reference;

    NetworkModel(NetworkHeader header, float[] weights, List<LearningCurve> curves, @Nullable ReferenceRow reference) {
        this.header = header;
        this.weights = weights;
        this.curves = curves;
        this.reference = reference;
        scoring = new Scoring(header, weights);
    }

    static NetworkModel load(Path folder, Target target, List<Feature> features) {
        NetworkHeader header = ModelFiles.readJson(folder.resolve(HEADER), NetworkHeader.class);
        boolean classes = target.task().isClassification();
        if (header.outputs() != target.outputs()
                || classes != (header.kind() == NetworkHeader.Kind.CLASSES)
                || !header.features().equals(names(features))) {
            throw ModelFiles.damaged(folder.resolve(HEADER), "its features or classes are not those of the bundle");
        }
        Path file = folder.resolve(WEIGHTS);
        byte[] bytes = ModelFiles.readBytes(file);
        if (bytes.length != Float.BYTES * Scoring.size(header)) {
            throw ModelFiles.damaged(
                    file, "it has " + bytes.length + " bytes, not " + Float.BYTES * Scoring.size(header));
        }
        float[] weights = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
        return new NetworkModel(header, weights, List.of(), ReferenceRow.load(folder, features.size()));
    }

    static List<String> names(List<Feature> features) {
        return features.stream().map(Feature::name).toList();
    }

    NetworkHeader header() {
        return header;
    }

    @Override
    public String learner() {
        return NAME;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        int rows = features.rows();
        double[] outputs = new double[Math.multiplyExact(rows, header.outputs())];
        IntStream.range(0, (rows + BLOCK - 1) / BLOCK)
                .parallel()
                .forEach(block -> scoring.score(features, block * BLOCK, Math.min(rows, (block + 1) * BLOCK), outputs));
        return outputs;
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        boolean classes = header.kind() == NetworkHeader.Kind.CLASSES;
        return SampledShapley.of(features, this::predict, classes, reference);
    }

    @Override
    public Map<String, Double> importance() {
        return Map.of();
    }

    @Override
    public List<LearningCurve> learningCurves() {
        return curves;
    }

    @Override
    public void save(Path folder) {
        ModelFiles.writeJson(folder.resolve(HEADER), header);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        ModelFiles.writeBytes(folder.resolve(WEIGHTS), bytes.array());
        ReferenceRow.save(reference, folder);
    }
}
