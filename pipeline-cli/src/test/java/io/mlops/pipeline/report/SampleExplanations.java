package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.evaluation.explanation.Explanations;
import io.mlops.pipeline.evaluation.explanation.Explanations.ColumnEffect;
import io.mlops.pipeline.evaluation.explanation.Explanations.Example;
import io.mlops.pipeline.evaluation.explanation.Explanations.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up explanations: of numbers, words and cells that are missing. */
final class SampleExplanations {
    private SampleExplanations() {}

    static Explanations of(Target target, String name) {
        boolean classes = target.task().isClassification();
        Random random = new Random(4);
        List<Point> numbers = new ArrayList<>();
        List<Point> words = new ArrayList<>();
        List<Point> unique = new ArrayList<>();
        for (int row = 0; row < 120; row++) {
            double number = 50 * random.nextDouble();
            boolean missing = row % 20 == 0;
            numbers.add(
                    new Point(missing ? "" : String.valueOf(number), missing ? Double.NaN : number, number / 20 - 1));
            words.add(new Point(row % 3 == 0 ? name : row % 11 == 0 ? "" : "car", Double.NaN, random.nextGaussian()));
            unique.add(new Point("id " + row, Double.NaN, 0.1 * random.nextGaussian()));
        }
        List<ColumnEffect> columns = new ArrayList<>(List.of(
                new ColumnEffect("duration", 1.31, classes ? 0.12 : 0, false, numbers),
                new ColumnEffect(name, 0.62, classes ? 0.051 : 0, false, words),
                new ColumnEffect("note", 0.04, classes ? 0.002 : 0, false, unique)));
        for (int i = 0; i < 20; i++) {
            columns.add(new ColumnEffect("rest " + i, i < 10 ? 0.01 : 0, 0, false, List.of()));
        }
        return new Explanations(
                classes ? target.classes().get(target.outputs() - 1) : "",
                120,
                1988,
                false,
                columns,
                List.of(
                        new Example("most certain", 17, name + " (99.1 %)", name, "duration = 12 (+1.31)"),
                        new Example("least certain", 1204, "good (50.2 %)", "bad", "")));
    }
}
