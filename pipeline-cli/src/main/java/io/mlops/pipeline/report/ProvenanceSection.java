package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.training.TrainingSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What somebody needs who wants the same model again. */
final class ProvenanceSection {
    private static final int MOST_UNFOLDED = 12;

    private ProvenanceSection() {}

    static Optional<Section> of(ReportModel model) {
        List<Block> blocks = new ArrayList<>();
        TrainingSummary training = model.training();
        if (training != null && !training.parameters().isEmpty()) {
            blocks.add(Block.Grid.of(
                    "Hyperparameters of " + training.model(),
                    true,
                    0,
                    List.of("Name", "Value"),
                    training.parameters().entrySet().stream()
                            .map(each -> List.of(each.getKey(), String.valueOf(each.getValue())))
                            .toList()));
        }
        model.provenance().forEach((title, values) -> {
            if (!values.isEmpty()) {
                blocks.add(Block.Grid.of(
                        title,
                        values.size() > MOST_UNFOLDED,
                        0,
                        List.of("Name", "Value"),
                        values.entrySet().stream()
                                .map(each -> List.of(each.getKey(), each.getValue()))
                                .toList()));
            }
        });
        boolean byClock = training != null
                && training.leaderboard() != null
                && training.leaderboard().byClock();
        String again = byClock
                ? "Measured times had a say in which models there are, so another run gives a similar model, not the same;"
                        + " with automl.max_models in the place of a limit of time it is the same, to the byte."
                : "The same inputs, configuration, seed and versions give the same model, to the byte.";
        return PageLayout.section("provenance", "Configuration and origin", again, blocks.stream());
    }
}
