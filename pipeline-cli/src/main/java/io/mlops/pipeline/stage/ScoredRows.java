package io.mlops.pipeline.stage;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.bundle.Bundle;
import io.mlops.pipeline.bundle.Scores;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.typing.Chunk;
import io.mlops.pipeline.evaluation.Predictions;
import io.mlops.pipeline.model.Conformal;
import io.mlops.pipeline.model.Decision;
import io.mlops.pipeline.progress.Progress;
import java.util.Arrays;

/** What a bundle says about rows whose target is known. */
record ScoredRows(Predictions predictions) {
    /**
     * Scores rows chunk by chunk.
     *
     * @param target the target of the rows; the outputs are put in the order of its classes, which may not be the bundle's
     * @param level of the intervals or sets of classes that go with them, where the bundle has such
     */
    static ScoredRows of(Bundle bundle, Target target, Rows rows, double level, Progress progress) {
        Target own = bundle.target();
        if (own.task().isClassification() != target.task().isClassification()) {
            throw PipelineException.model("model '" + bundle.name() + "' learned a " + own.task()
                    + " target, and the rows have a " + target.task()
                    + " target: give the new task another name in pipeline.yaml");
        }
        int count = Math.toIntExact(rows.count());
        double[] truth = new double[count];
        double[] outputs = new double[Math.multiplyExact(count, own.outputs())];
        int[] done = new int[1];
        rows.forEachChunk(chunk -> {
            Scores scores = bundle.scorer().score(Chunk.of(chunk));
            System.arraycopy(scores.outputs(), 0, outputs, done[0] * own.outputs(), scores.outputs().length);
            double[] values = target.values(chunk);
            System.arraycopy(values, 0, truth, done[0], values.length);
            done[0] += values.length;
            progress.advance(values.length);
        });
        boolean same = own.classes().equals(target.classes());
        double[] aligned = same ? outputs : Predictions.align(outputs, own.classes(), target.classes());
        Decision decision = same ? bundle.contents().decision() : Decision.defaults();
        Conformal conformal = bundle.contents().conformal();
        return new ScoredRows(Predictions.of(target, truth, Arrays.copyOf(aligned, aligned.length), decision)
                .within(same && conformal.allows(level) ? conformal.at(level) : null));
    }
}
