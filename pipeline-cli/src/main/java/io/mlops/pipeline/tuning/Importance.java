package io.mlops.pipeline.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much each hyperparameter alone decided over the order of the trials: the share of the variance of their ranks that is
 * explained by which quarter of its tried values it had, less what chance explains (adjusted R²). It sees no interactions,
 * and nothing of ranges that the search left early.
 *
 * @param step what the trials were compared by
 * @param trials how many were
 * @param shares by hyperparameter, the greatest first
 */
public record Importance(String step, int trials, Map<String, Double> shares) {
    private static final int PARTS = 4;
    private static final int FEWEST = 20;

    /** The importance in the furthest step that enough trials came to, or that the most did; empty of too few trials. */
    public static Importance of(List<Trial> trials) {
        Map<String, List<Trial>> bySteps = new LinkedHashMap<>();
        trials.forEach(
                trial -> trial.steps().keySet().forEach(step -> bySteps.computeIfAbsent(step, any -> new ArrayList<>())
                        .add(trial)));
        String chosen = "";
        List<Trial> compared = List.of();
        for (Map.Entry<String, List<Trial>> step : bySteps.entrySet()) {
            if (step.getValue().size() >= FEWEST || step.getValue().size() > compared.size()) {
                chosen = step.getKey();
                compared = step.getValue();
            }
        }
        if (compared.size() < FEWEST) {
            return new Importance(chosen, compared.size(), Map.of());
        }
        double[] ranks = ranks(compared, chosen);
        Map<String, Double> shares = new HashMap<>();
        for (String name : names(compared)) {
            int[] parts = parts(compared, name);
            if (Arrays.stream(parts).distinct().count() > 1) {
                shares.put(name, Math.max(0, explained(parts, ranks)));
            }
        }
        Map<String, Double> ordered = new LinkedHashMap<>();
        shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(share -> ordered.put(share.getKey(), share.getValue()));
        return new Importance(chosen, compared.size(), ordered);
    }

    private static Set<String> names(List<Trial> trials) {
        return trials.stream()
                .flatMap(trial -> trial.parameters().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static double[] ranks(List<Trial> trials, String step) {
        return ranked(trials, trial -> trial.steps().getOrDefault(step, Double.NaN));
    }

    /** The rank of each trial's number, equal numbers sharing theirs. */
    private static double[] ranked(List<Trial> trials, Function<Trial, Double> number) {
        double[] values = trials.stream().mapToDouble(number::apply).toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values)
                .map(value -> {
                    int first = Arrays.binarySearch(sorted, value);
                    int last = first;
                    while (first > 0 && sorted[first - 1] == value) {
                        first--;
                    }
                    while (last < sorted.length - 1 && sorted[last + 1] == value) {
                        last++;
                    }
                    return (first + last) / 2.0;
                })
                .toArray();
    }

    /** Which of a few groups of like values each trial is in: by quarters of numbers, by word, or without a value. */
    private static int[] parts(List<Trial> trials, String name) {
        List<Trial> numbers = trials.stream()
                .filter(trial -> trial.parameters().get(name) instanceof Number)
                .toList();
        double[] ranks = ranked(
                numbers,
                trial -> trial.parameters().get(name) instanceof Number number ? number.doubleValue() : Double.NaN);
        Map<Trial, Integer> quarters = new HashMap<>();
        for (int i = 0; i < ranks.length; i++) {
            quarters.put(numbers.get(i), (int) (ranks[i] * PARTS / ranks.length));
        }
        List<String> words = trials.stream()
                .map(trial -> word(trial.parameters().get(name)))
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
        return trials.stream()
                .mapToInt(trial -> quarters.containsKey(trial)
                        ? quarters.get(trial)
                        : PARTS + words.indexOf(word(trial.parameters().get(name))))
                .toArray();
    }

    private static String word(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static double explained(int[] parts, double[] ranks) {
        double mean = Arrays.stream(ranks).average().orElse(0);
        Map<Integer, double[]> groups = new HashMap<>();
        double total = 0;
        for (int i = 0; i < parts.length; i++) {
            double[] group = groups.computeIfAbsent(parts[i], any -> new double[2]);
            group[0] += ranks[i];
            group[1]++;
            total += (ranks[i] - mean) * (ranks[i] - mean);
        }
        double between = 0;
        for (double[] group : groups.values()) {
            double distance = group[0] / group[1] - mean;
            between += group[1] * distance * distance;
        }
        int free = parts.length - groups.size();
        return total == 0 || free <= 0 ? 0 : 1 - (1 - between / total) * (parts.length - 1) / free;
    }
}
