package io.mlops.pipeline.automl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What each family adds to an ensemble. */
final class FamilyGains {
    private FamilyGains() {}

    /**
     * By the family's name, how good the best ensemble of all other contenders is: of those that the ensemble has, where it
     * has several.
     */
    static Map<String, Double> without(Ensemble ensemble, SelectionLoss loss, int rows) {
        TreeSet<String> families = ensemble.chosen().stream()
                .map(i -> family(ensemble.contenders().get(i)))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Double> without = new LinkedHashMap<>();
        for (String family : families) {
            List<Contender> others = ensemble.contenders().stream()
                    .filter(each -> !family(each).equals(family))
                    .toList();
            if (families.size() > 1) {
                without.put(
                        family,
                        loss.metric(loss.applyAsDouble(
                                Ensemble.select(others, loss, rows).outputs())));
            }
        }
        return without;
    }

    private static String family(Contender contender) {
        return contender.candidate().learner().name();
    }
}
