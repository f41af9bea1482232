package io.mlops.pipeline.model.xgboost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much the splits on each feature improved the trees, summed. */
final class Gains {
    private final Map<Integer, Double> byFeature = new TreeMap<>();

    /** Reads the gains from a model in XGBoost's UBJ, from the trees of its first rounds. */
    static Gains of(byte[] model, int rounds) {
        UbjReader root = new UbjReader(model);
        Map<?, ?> document = root.readObject();
        Map<?, ?> booster = (Map<?, ?>) child(document, "learner", "gradient_booster", "model");
        double[] roundStarts = numbers(booster.get("iteration_indptr"));
        int trees = (int) roundStarts[Math.min(rounds, roundStarts.length - 1)];
        Gains gains = new Gains();
        List<?> all = (List<?>) child(booster, "trees");
        for (Object each : all.subList(0, trees)) {
            gains.add((Map<?, ?>) each);
        }
        return gains;
    }

    private void add(Map<?, ?> tree) {
        double[] left = numbers(tree.get("left_children"));
        double[] split = numbers(tree.get("split_indices"));
        double[] gain = numbers(tree.get("loss_changes"));
        for (int node = 0; node < left.length; node++) {
            if (left[node] >= 0) {
                byFeature.merge((int) split[node], gain[node], Double::sum);
            }
        }
    }

    /** The share of each feature that was split on, the greatest first. */
    Map<String, Double> shares(List<String> features) {
        double total =
                byFeature.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        byFeature.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> shares.put(features.get(entry.getKey()), entry.getValue() / total));
        return Collections.unmodifiableMap(shares);
    }

    private static Object child(Map<?, ?> object, String... path) {
        Object current = object;
        for (String name : path) {
            current = current instanceof Map<?, ?> map ? map.get(name) : null;
        }
        if (current == null) {
            throw new IllegalStateException("the model has no " + String.join(".", path));
        }
        return current;
    }

    static double[] numbers(@Nullable Object array) {
        if (array instanceof double[] numbers) {
            return numbers;
        }
        if (array instanceof List<?> list) {
            return list.stream()
                    .mapToDouble(each -> ((Number) each).doubleValue())
                    .toArray();
        }
        throw new IllegalStateException("the model has no numbers where they belong");
    }
}
