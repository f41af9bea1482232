package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.ModelFiles;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.explain.ReferenceRow;
import io.mlops.pipeline.model.explain.SampledShapley;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import org.jspecify.annotations.Nullable;

/** Support vectors; saved in LibSVM's own text format, with a {@code kernel.json} that says what its numbers are. */
final class KernelModel implements TrainedModel {
    private static final String INDEX = "kernel.json";
    private static final String VECTORS = "vectors.libsvm";

    private final String learner;
    private final Index index;
    private final svm_model vectors;
    private final @Nullable ReferenceRow reference;

    /**
     * What the numbers in LibSVM's file are.
     *
     * @param features the names of the features, in their order
     * @param numbers LibSVM's number of each feature; -1 where it was never other than zero
     * @param classes the class of each of LibSVM's labels; empty for a regression
     * @param outputs how many outputs a row has
     * @param scaling what turned the values into LibSVM's
     */
    record Index(List<String> features, int[] numbers, int[] classes, int outputs, Scaling scaling) {
        Index {
            features = List.copyOf(features);
        }
    }

    KernelModel(String learner, Index index, svm_model vectors, @Nullable ReferenceRow reference) {
        this.learner = learner;
        this.index = index;
        this.vectors = vectors;
        this.reference = reference;
    }

    static boolean isIn(Path folder) {
        return Files.exists(folder.resolve(INDEX));
    }

    static KernelModel load(String learner, Path folder, Target target, List<Feature> features) {
        Index index = ModelFiles.readJson(folder.resolve(INDEX), Index.class);
        if (index.outputs() != target.outputs()
                || !index.features().equals(features.stream().map(Feature::name).toList())) {
            throw ModelFiles.damaged(folder.resolve(INDEX), "its features or classes are not those of the bundle");
        }
        Path file = folder.resolve(VECTORS);
        String text = new String(ModelFiles.readBytes(file), StandardCharsets.US_ASCII);
        return new KernelModel(learner, index, read(file, text), ReferenceRow.load(folder, features.size()));
    }

    private static svm_model read(Path file, String text) {
        @Nullable svm_model read;
        try {
            read = svm.svm_load_model(new BufferedReader(new StringReader(text)));
        } catch (IOException | RuntimeException e) {
            // LibSVM's reader runs into whatever is not there.
            throw ModelFiles.damaged(file, "LibSVM cannot read it", e);
        }
        if (read == null) {
            throw ModelFiles.damaged(file, "LibSVM cannot read it");
        }
        return read;
    }

    @Override
    public String learner() {
        return learner;
    }

    @Override
    public double[] predict(FeatureMatrix features) {
        double[] outputs = new double[Math.multiplyExact(features.rows(), index.outputs())];
        IntStream.range(0, features.rows())
                .parallel()
                .forEach(row -> write(nodes(features, row), outputs, row * index.outputs()));
        return outputs;
    }

    private svm_node[] nodes(FeatureMatrix features, int row) {
        List<svm_node> nodes = new ArrayList<>();
        for (int column = 0; column < features.columns(); column++) {
            float value = features.get(row, column);
            if (value != 0 && index.numbers()[column] >= 0) {
                svm_node node = new svm_node();
                node.index = index.numbers()[column];
                node.value = value;
                nodes.add(node);
            }
        }
        return nodes.toArray(svm_node[]::new);
    }

    private void write(svm_node[] row, double[] outputs, int offset) {
        if (index.classes().length == 0) {
            outputs[offset] = index.scaling().mean() + index.scaling().deviation() * svm.svm_predict(vectors, row);
            return;
        }
        double[] probabilities = new double[vectors.nr_class];
        svm.svm_predict_probability(vectors, row, probabilities);
        double sum = 0;
        for (double probability : probabilities) {
            sum += probability;
        }
        for (int label = 0; label < probabilities.length; label++) {
            outputs[offset + index.classes()[vectors.label[label]]] = probabilities[label] / sum;
        }
    }

    @Override
    public Contributions contributions(FeatureMatrix features) {
        return SampledShapley.of(features, this::predict, index.outputs() > 1, reference);
    }

    @Override
    public Map<String, Double> importance() {
        return Map.of();
    }

    @Override
    public void save(Path folder) {
        try {
            svm.svm_save_model(folder.resolve(VECTORS).toString(), vectors);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(VECTORS), e);
        }
        ModelFiles.writeJson(folder.resolve(INDEX), index);
        ReferenceRow.save(reference, folder);
    }
}
