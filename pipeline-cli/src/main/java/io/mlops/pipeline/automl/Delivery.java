package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.training.LatencyCurve;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an ensemble becomes for use.
 *
 * @param curve null where predictions were not timed
 * @param notes what a person should know
 */
record Delivery(
        Ensemble ensemble, Assembled assembled, @Nullable LatencyCurve curve, List<String> notes) {
    Delivery {
        notes = List.copyOf(notes);
    }

    /** All of it. */
    static Delivery of(Ensemble ensemble, List<Ensemble.Share> shares, Target target) {
        return new Delivery(ensemble, Assembled.of(shares, ensemble.blend(), target), null, List.of());
    }

    Delivery with(LatencyCurve timed, List<String> further) {
        return new Delivery(ensemble, assembled, timed, further);
    }
}
