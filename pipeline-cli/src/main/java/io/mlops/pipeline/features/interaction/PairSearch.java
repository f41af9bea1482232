package io.mlops.pipeline.features.interaction;

import io.mlops.pipeline.features.interaction.Pair.Kind;
import io.mlops.pipeline.features.step.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the pairs of columns that explain the most of what the columns by themselves leave unexplained.
 *
 * <p>Each column's own part of the target is taken out first. Of what is left, a candidate's gain is what its bins explain;
 * of arithmetic beyond a grid of as many bins over its two parts, which is what a tree makes of them. After each choice the
 * gains are taken anew from what is still left.
 */
public final class PairSearch {
    /** Only so many columns of each kind are paired, those that say the most by themselves. */
    private static final int MOST_COLUMNS = 12;

    /** A grid of as many bins has this number on each side. */
    private static final int SIDE = 5;

    private static final int BINS = SIDE * SIDE;

    private static final int MOST_WORDS = 100;

    /** How often each column's own part is taken out in turn. */
    private static final int ROUNDS = 3;

    private static final Map<Kind, Operator> OPERATORS = new EnumMap<>(
            Map.of(Kind.DIFFERENCE, Operator.DIFFERENCE, Kind.RATIO, Operator.RATIO, Kind.PRODUCT, Operator.PRODUCT));

    private final Sample sample;
    private final Map<String, Bins> numbers;
    private final Map<String, Bins> words;
    private final Unexplained unexplained;

    private record Candidate(Pair pair, Bins bins, Bins parts) {
        double gain(Unexplained unexplained) {
            return unexplained.gain(bins) - Math.max(0, unexplained.gain(parts));
        }
    }

    public PairSearch(Sample sample) {
        this.sample = sample;
        unexplained = new Unexplained(sample.targets(), sample.rows());
        Map<String, Bins> allNumbers = new LinkedHashMap<>();
        sample.numbers().forEach((name, column) -> allNumbers.put(name, Bins.ofNumbers(column, BINS)));
        Map<String, Bins> allWords = new LinkedHashMap<>();
        sample.words().forEach((name, column) -> allWords.put(name, Bins.ofWords(column, MOST_WORDS)));
        numbers = telling(allNumbers);
        words = telling(allWords);
        for (int round = 0; round < ROUNDS; round++) {
            numbers.values().forEach(unexplained::explain);
            words.values().forEach(unexplained::explain);
        }
    }

    /** Those that say the most, in the order of the table. */
    private Map<String, Bins> telling(Map<String, Bins> columns) {
        Map<String, Double> gains = new LinkedHashMap<>();
        columns.forEach((name, bins) -> gains.put(name, unexplained.gain(bins)));
        Set<String> most = gains.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(MOST_COLUMNS)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, Bins> telling = new LinkedHashMap<>(columns);
        telling.keySet().retainAll(most);
        return telling;
    }

    /** Pairs of columns of categories, the most telling first. */
    public List<Pair> crosses(int most) {
        List<Candidate> candidates = new ArrayList<>();
        pairs(words).forEach(pair -> {
            Bins both = both(words, pair);
            candidates.add(
                    new Candidate(new Pair(pair.get(0), pair.get(1), Kind.CROSS), both, Bins.one(sample.rows())));
        });
        return best(candidates, most, true);
    }

    /** Differences, ratios and products, the most telling first. */
    public List<Pair> arithmetic(int most) {
        Map<String, Bins> sides = new LinkedHashMap<>();
        numbers.keySet().forEach(name -> sides.put(name, side(column(name))));
        List<Candidate> candidates = new ArrayList<>();
        pairs(numbers).forEach(pair -> {
            double[] first = column(pair.get(0));
            double[] second = column(pair.get(1));
            Bins grid = both(sides, pair);
            OPERATORS.forEach((kind, operator) -> {
                double[] result = new double[sample.rows()];
                for (int row = 0; row < result.length; row++) {
                    result[row] = operator.of(first[row], second[row]);
                }
                candidates.add(
                        new Candidate(new Pair(pair.get(0), pair.get(1), kind), Bins.ofNumbers(result, BINS), grid));
            });
        });
        return best(candidates, most, true);
    }

    private static Bins both(Map<String, Bins> columns, List<String> pair) {
        return Objects.requireNonNull(columns.get(pair.get(0))).with(Objects.requireNonNull(columns.get(pair.get(1))));
    }

    /** Columns of numbers with the category whose mean they are best compared with, the most telling first. */
    public List<Pair> groups(int most) {
        List<Candidate> candidates = new ArrayList<>();
        numbers.keySet()
                .forEach(name -> words.forEach((category, bins) -> {
                    double[] number = column(name);
                    double[] means = means(number, bins);
                    double[] difference = new double[number.length];
                    for (int row = 0; row < number.length; row++) {
                        difference[row] = number[row] - means[row];
                    }
                    candidates.add(new Candidate(
                            new Pair(name, category, Kind.GROUP),
                            Bins.ofNumbers(difference, BINS),
                            side(number).with(side(means))));
                }));
        // What pays is the order that the means give the categories, of which the gain tells little.
        return best(candidates, most, false);
    }

    /** @param certain whether no more are chosen where the best explains no more than chance might */
    private List<Pair> best(List<Candidate> candidates, int most, boolean certain) {
        List<Candidate> left = new ArrayList<>(candidates);
        List<Pair> chosen = new ArrayList<>();
        while (chosen.size() < most && !left.isEmpty()) {
            Candidate best = left.get(0);
            double bestGain = Double.NEGATIVE_INFINITY;
            for (Candidate candidate : left) {
                double gain = candidate.gain(unexplained);
                if (gain > bestGain) {
                    best = candidate;
                    bestGain = gain;
                }
            }
            if (certain && !(bestGain > unexplained.chance(best.bins()))) {
                break;
            }
            chosen.add(best.pair());
            unexplained.explain(best.bins());
            left.remove(best);
        }
        return chosen;
    }

    private static List<List<String>> pairs(Map<String, Bins> columns) {
        List<String> names = List.copyOf(columns.keySet());
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                pairs.add(List.of(names.get(i), names.get(j)));
            }
        }
        return pairs;
    }

    private double[] column(String name) {
        return sample.numbers().getOrDefault(name, new double[0]);
    }

    private static Bins side(double[] numbers) {
        return Bins.ofNumbers(numbers, SIDE);
    }

    private static double[] means(double[] numbers, Bins bins) {
        double[] sums = new double[bins.count()];
        int[] counts = new int[bins.count()];
        for (int row = 0; row < numbers.length; row++) {
            if (!Double.isNaN(numbers[row])) {
                sums[bins.places()[row]] += numbers[row];
                counts[bins.places()[row]]++;
            }
        }
        double[] means = new double[numbers.length];
        for (int row = 0; row < means.length; row++) {
            int bin = bins.places()[row];
            means[row] = counts[bin] == 0 ? Double.NaN : sums[bin] / counts[bin];
        }
        return means;
    }
}
