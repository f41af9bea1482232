package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an ensemble becomes for use.
 *
 * @param without see {@link FamilyGains}; empty where not measured
 * @param curve null where predictions were not timed
 * @param notes what a person should know
 */
record Delivery(
        Ensemble ensemble,
        Assembled assembled,
        Map<String, Double> without,
        @Nullable LatencyCurve curve,
        List<String> notes) {
    Delivery {
        without = Collections.unmodifiableMap(new LinkedHashMap<>(without));
        notes = List.copyOf(notes);
    }

    /** All of it. */
    static Delivery of(Ensemble ensemble, List<Ensemble.Share> shares, Target target) {
        return new Delivery(ensemble, Assembled.of(shares, ensemble.blend(), target), Map.of(), null, List.of());
    }

    /** Whether measured times decided what it is. */
    boolean isTimed() {
        return curve != null && curve.limit() != null;
    }

    Delivery with(LatencyCurve timed, List<String> further) {
        return new Delivery(ensemble, assembled, without, timed, further);
    }

    Delivery withGains(Map<String, Double> measured) {
        return new Delivery(ensemble, assembled, measured, curve, notes);
    }
}
