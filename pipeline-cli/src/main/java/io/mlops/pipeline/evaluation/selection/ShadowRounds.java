package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.data.RowKeys;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.features.SelectionSettings;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Keeps the columns that a model gains more from than from any shuffled copy of a column, round after round (Boruta: Kursa
 * and Rudnicki 2010).
 */
record ShadowRounds(SelectionSettings settings, FitContext context) {
    private static final double CHECKED = 0.2;

    List<ColumnChoice> choose(TrainingSet rows, RowKeys keys, ColumnGroups groups) {
        int columns = groups.size();
        Rounds rounds = Rounds.run(settings.rounds(), CHECKED, columns, rows, keys, context, (sides, random, each) -> {
            Sides doubled =
                    new Sides(withShadows(sides.learned(), groups, random), withShadows(sides.other(), groups, random));
            List<Feature> features = doubled.learned().features().features();
            double[] gains = Probe.gains(
                    Probe.fit(doubled, new FitContext(random.nextLong(), each, context.deadline())),
                    features,
                    ColumnGroups.of(features));
            double best = IntStream.range(columns, gains.length)
                    .mapToDouble(shadow -> gains[shadow])
                    .max()
                    .orElse(0);
            return IntStream.range(0, columns)
                    .mapToDouble(column -> gains[column] - best)
                    .toArray();
        });
        boolean[] pass = Chance.pass(rounds.hits(), rounds.count(), settings.level());
        return IntStream.range(0, columns)
                .mapToObj(column -> new ColumnChoice(
                        groups.names().get(column),
                        pass[column],
                        rounds.scores()[column],
                        "it beat all shuffled columns in " + rounds.inWords(column)))
                .toList();
    }

    /** The rows with a copy of each column beside them, whose cells are shuffled among the rows. */
    private static TrainingSet withShadows(TrainingSet rows, ColumnGroups groups, SplittableRandom random) {
        FeatureMatrix matrix = rows.features();
        int width = matrix.columns();
        List<Feature> features = new ArrayList<>(matrix.features());
        for (Feature feature : matrix.features()) {
            features.add(new Feature(
                    "shadow:" + feature.name(), "shadow:" + feature.source(), feature.levels(), feature.indicator()));
        }
        float[] values = new float[Math.multiplyExact(matrix.rows(), 2 * width)];
        for (int row = 0; row < matrix.rows(); row++) {
            System.arraycopy(matrix.values(), row * width, values, row * 2 * width, width);
        }
        int[] order = IntStream.range(0, matrix.rows()).toArray();
        for (int[] places : groups.features()) {
            shuffle(order, random);
            for (int row = 0; row < order.length; row++) {
                for (int place : places) {
                    values[row * 2 * width + width + place] = matrix.get(order[row], place);
                }
            }
        }
        return new TrainingSet(
                new FeatureMatrix(features, matrix.rows(), values), rows.target(), rows.values(), rows.weights());
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
