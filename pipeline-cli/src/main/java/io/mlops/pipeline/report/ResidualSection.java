package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Residuals;
import io.mlops.pipeline.evaluation.Residuals.Point;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Scatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** How far the predicted numbers are off, and where. */
final class ResidualSection {
    private ResidualSection() {}

    static Optional<Section> of(ReportModel model) {
        Residuals residuals = model.evaluation().residuals();
        if (residuals == null || residuals.sample().isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Charts(List.of(predictedAndActual(residuals), overPredicted(residuals))));
        if (!residuals.quantiles().isEmpty()) {
            blocks.add(Block.Grid.of(
                    "How far off: true value less predicted value",
                    false,
                    1,
                    List.of("Share of rows at or below", "Difference"),
                    residuals.quantiles().stream()
                            .map(each -> List.of(Numbers.percent(each.share()), Numbers.value(each.value())))
                            .toList()));
        }
        String sentence = "How far predictions are from the truth, and whether the errors depend on the size of what is"
                + " predicted.";
        return PageLayout.section("errors", "Errors", sentence, blocks.stream());
    }

    private static Chart predictedAndActual(Residuals residuals) {
        double[] predicted =
                residuals.sample().stream().mapToDouble(Point::predicted).toArray();
        double[] actual = residuals.sample().stream().mapToDouble(Point::actual).toArray();
        double from = DoubleStream.concat(DoubleStream.of(predicted), DoubleStream.of(actual))
                .min()
                .orElse(0);
        double to = DoubleStream.concat(DoubleStream.of(predicted), DoubleStream.of(actual))
                .max()
                .orElse(1);
        return Scatter.draw(
                "predicted-actual",
                "Predicted and actual",
                "Each point is a row: what was predicted (right) and what was true (up). On the dashed line the"
                        + " prediction is exact.",
                "Predicted",
                "Actual",
                predicted,
                actual,
                new double[] {from, from, to, to});
    }

    private static Chart overPredicted(Residuals residuals) {
        double[] predicted =
                residuals.sample().stream().mapToDouble(Point::predicted).toArray();
        double[] off = residuals.sample().stream()
                .mapToDouble(each -> each.actual() - each.predicted())
                .toArray();
        return Scatter.draw(
                "residuals",
                "Errors by predicted value",
                "Each point is a row: what was predicted (right) and by how much the truth was above or below it (up)."
                        + " A good model leaves a cloud without a pattern around the dashed line.",
                "Predicted",
                "Actual less predicted",
                predicted,
                off,
                new double[] {
                    DoubleStream.of(predicted).min().orElse(0), 0,
                    DoubleStream.of(predicted).max().orElse(1), 0
                });
    }
}
