package io.mlops.pipeline.bundle.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import io.mlops.pipeline.data.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How each family's files become nodes. */
final class Families {
    /** Every family stands here, also with why it has no graph. */
    static final Map<String, Family> ALL = all();

    private Families() {}

    /** Turns features into one probability per class, or into one value. */
    interface Family {
        String write(Graph graph, String features, JsonNode preprocessor, Path folder, Target target) throws NotInOnnx;
    }

    private static Map<String, Family> all() {
        Map<String, Family> families = new TreeMap<>();
        families.put("baseline", Families::constant);
        families.put("linear_regression", Linear::write);
        families.put("logistic_regression", Linear::write);
        families.put("xgboost", Families::trees);
        families.put("lightgbm", LeafwiseTrees::write);
        families.put("random_forest", Families::trees);
        families.put("decision_tree", Families::trees);
        families.put(
                "svm",
                (graph, features, preprocessor, folder, target) -> Files.exists(folder.resolve("kernel.json"))
                        ? Kernel.write(graph, features, folder)
                        : Linear.write(graph, features, preprocessor, folder, target));
        families.put("knn", (graph, features, preprocessor, folder, target) -> {
            throw new NotInOnnx("among equally near rows no operator chooses as the family 'knn' does");
        });
        families.put("neural_network", NeuralNetwork::write);
        families.put("ensemble", Ensembles::write);
        families.put("extra_trees", RankedTrees::write);
        return families;
    }

    static Family named(String learner) throws NotInOnnx {
        Family family = ALL.get(learner);
        if (family == null) {
            throw new NotInOnnx("the family '" + learner + "' has no graph");
        }
        return family;
    }

    private static String trees(Graph graph, String features, JsonNode preprocessor, Path folder, Target target) {
        return Trees.write(graph, features, folder);
    }

    private static String constant(Graph graph, String features, JsonNode preprocessor, Path folder, Target target) {
        double[] outputs = Preprocessing.doubles(
                OnnxModel.read(folder.resolve("model.json")).get("outputs"));
        String rows = graph.node("Slice", graph.node("Shape", features), graph.longs(0), graph.longs(1));
        String shape = graph.node("Mul", graph.node("Expand", rows, graph.longs(2)), graph.longs(1, 0));
        String whole = graph.node("Add", shape, graph.longs(0, outputs.length));
        return graph.node("Expand", graph.doubles(outputs), whole);
    }
}
