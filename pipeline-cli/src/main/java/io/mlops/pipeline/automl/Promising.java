package io.mlops.pipeline.automl;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Which contenders are worth being timed; a search may have a hundred, and reads their models from disk. */
final class Promising {
    /** How many of those that would keep a limit are timed, beside the others. */
    private static final int MOST = 20;

    private Promising() {}

    /**
     * The places of those that the ensemble has, of those than which none is as fast and better, and of the best within a
     * limit; by the time that was taken while others were fitted.
     *
     * @param limit in microseconds for a row
     */
    static Set<Integer> of(Ensemble ensemble, ToDoubleFunction<double[]> loss, double limit) {
        List<Contender> all = ensemble.contenders();
        List<Contender> able = Ensemble.able(all);
        double[] losses = all.stream()
                .mapToDouble(each -> loss.applyAsDouble(each.outputs()))
                .toArray();
        double[] times = all.stream().mapToDouble(Promising::microseconds).toArray();
        Set<Integer> places = new TreeSet<>(ensemble.chosen());
        double least = Double.POSITIVE_INFINITY;
        for (int place : sorted(all, able, times)) {
            if (losses[place] < least) {
                least = losses[place];
                places.add(place);
            }
        }
        sorted(all, able, losses).stream()
                .filter(place -> times[place] <= limit)
                .limit(MOST)
                .forEach(places::add);
        return places;
    }

    private static List<Integer> sorted(List<Contender> all, List<Contender> able, double[] numbers) {
        return IntStream.range(0, numbers.length)
                .filter(place -> able.contains(all.get(place)))
                .boxed()
                .sorted(Comparator.comparingDouble(place -> numbers[place]))
                .toList();
    }

    private static double microseconds(Contender contender) {
        return contender.models().stream()
                .mapToDouble(FoldModel::microseconds)
                .average()
                .orElse(0);
    }
}
