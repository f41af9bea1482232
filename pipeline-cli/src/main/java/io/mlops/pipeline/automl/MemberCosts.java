package io.mlops.pipeline.automl;

import io.mlops.pipeline.features.View;
import io.mlops.pipeline.features.ViewSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How long contenders take for a row, in microseconds, with one model of each.
 *
 * @param models the prediction of each; infinite for those that are out of the question
 * @param views which view each reads, by its place in the next
 * @param preparations how long the features of each view take; those that read the same view share them
 */
record MemberCosts(double[] models, int[] views, double[] preparations) {
    private record Sight(View view, ViewSettings settings) {}

    /**
     * Measures contenders by their models of the first fold.
     *
     * @param places of those that are measured
     */
    static MemberCosts measure(List<Contender> contenders, Set<Integer> places, Latency latency) {
        Map<Sight, Integer> sights = new LinkedHashMap<>();
        double[] models = new double[contenders.size()];
        Arrays.fill(models, Double.POSITIVE_INFINITY);
        int[] views = new int[models.length];
        double[] preparations = new double[models.length];
        for (int i : places) {
            Candidate<?> candidate = contenders.get(i).candidate();
            FoldModel model = contenders.get(i).models().get(0);
            View view = candidate.learner().view();
            Sight sight = new Sight(view, candidate.features().view(view));
            Integer place = sights.get(sight);
            if (place == null) {
                place = sights.size();
                sights.put(sight, place);
                preparations[place] = latency.of(model.preprocessor());
            }
            views[i] = place;
            models[i] = latency.of(model.model(), model.preprocessor());
        }
        return new MemberCosts(models, views, preparations);
    }

    /** How long those take together that weigh something, with so many models of each. */
    double of(double[] weights, int each) {
        double sum = 0;
        Set<Integer> prepared = new HashSet<>();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                sum += each * models[i];
                sum += prepared.add(views[i]) ? preparations[views[i]] : 0;
            }
        }
        return sum;
    }
}
