package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.evaluation.importance.PermutationImportance;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Keeps the columns whose shuffling makes a model worse on rows that it has not learned from, round after round. */
record PermutationRounds(SelectionSettings settings, FitContext context) {
    private static final int MOST_ROWS = 2_500;

    private static final double CHECKED = 0.33;

    List<ColumnChoice> choose(TrainingSet rows, RowKeys keys, ColumnGroups groups) {
        Rounds rounds =
                Rounds.run(settings.rounds(), CHECKED, groups.size(), rows, keys, context, (sides, random, each) -> {
                    TrainedModel model = Probe.fit(sides, new FitContext(random.nextLong(), each, context.deadline()));
                    Map<String, Double> losses = PermutationImportance.measure(
                            model,
                            sides.other().features(),
                            sides.other().values(),
                            rows.target(),
                            MOST_ROWS,
                            random.nextLong());
                    // Shuffling noise helps as often as it harms (Janitza et al. 2018).
                    double chance = -losses.values().stream()
                            .mapToDouble(loss -> loss)
                            .filter(loss -> loss < 0)
                            .min()
                            .orElse(0);
                    return groups.names().stream()
                            .mapToDouble(column -> losses.getOrDefault(column, 0.0) - chance)
                            .toArray();
                });
        boolean[] pass = Chance.pass(rounds.hits(), rounds.count(), settings.level());
        return IntStream.range(0, groups.size())
                .mapToObj(column -> new ColumnChoice(
                        groups.names().get(column),
                        pass[column],
                        rounds.scores()[column],
                        "shuffling it made a model worse than chance does in " + rounds.inWords(column)))
                .toList();
    }
}
