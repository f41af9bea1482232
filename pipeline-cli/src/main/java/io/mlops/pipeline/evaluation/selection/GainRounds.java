package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Keeps the columns that a model uses on nearly any half of the rows (stability selection: Meinshausen and Bühlmann 2010).
 */
record GainRounds(SelectionSettings settings, FitContext context) {
    /** A column is used where it gains at least this part of what each would gain if all gained alike. */
    private static final double PART = 0.5;

    private static final double CHECKED = 0.5;

    List<ColumnChoice> choose(TrainingSet rows, RowKeys keys, ColumnGroups groups) {
        double least = PART / groups.size();
        Rounds rounds =
                Rounds.run(settings.rounds(), CHECKED, groups.size(), rows, keys, context, (sides, random, each) -> {
                    double[] gains = Probe.gains(
                            Probe.fit(sides, new FitContext(random.nextLong(), each, context.deadline())),
                            rows.features().features(),
                            groups);
                    for (int column = 0; column < gains.length; column++) {
                        gains[column] = gains[column] < least ? 0 : gains[column];
                    }
                    return gains;
                });
        double needed = settings.stability() * rounds.count();
        return IntStream.range(0, groups.size())
                .mapToObj(column -> new ColumnChoice(
                        groups.names().get(column),
                        rounds.count() > 0 && rounds.hits()[column] >= needed,
                        rounds.scores()[column],
                        "a model gained from it in " + rounds.inWords(column)))
                .toList();
    }
}
