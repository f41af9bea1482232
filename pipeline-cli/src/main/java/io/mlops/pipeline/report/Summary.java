package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.evaluation.Comparison.Difference;
import io.mlops.pipeline.evaluation.Estimate;
import io.mlops.pipeline.evaluation.Evaluation;
import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.evaluation.Verdict;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import java.util.ArrayList;
import java.util.List;

/** The head of the page: the news first, in words that need no training. */
final class Summary {
    private Summary() {}

    static Page page(ReportModel model, List<Section> sections) {
        Evaluation evaluation = model.evaluation();
        Verdict verdict = evaluation.verdict();
        List<String> sentences = new ArrayList<>();
        sentences.add(learned(model));
        Metric metric = evaluation.metric();
        Estimate estimate = evaluation.metrics().get(metric.key());
        if (estimate != null) {
            sentences.add(MetricWords.sentence(metric, estimate.value()));
        }
        sentences.add("The verdict: " + verdict.reason() + ".");
        return new Page(
                "Model report",
                model.title(),
                model.learner() + " for “" + evaluation.target().column() + "” · " + model.date(),
                level(verdict.outcome()),
                words(verdict.outcome()),
                sentences,
                facts(evaluation, estimate),
                sections);
    }

    private static String learned(ReportModel model) {
        Target target = model.evaluation().target();
        String what =
                switch (target.task()) {
                    case BINARY ->
                        "whether “" + target.column() + "” is “" + target.positive() + "” or “"
                                + target.classes().get(0) + "”";
                    case MULTICLASS -> "which of " + target.classes().size() + " classes “" + target.column() + "” has";
                    case REGRESSION -> "the number “" + target.column() + "”";
                };
        String who = model.learner().equals(EnsembleModel.NAME)
                ? "An ensemble of models"
                : "A model of the family “" + model.learner() + "”";
        return who + " has learned to predict " + what + "; it was tested on "
                + Numbers.count(model.evaluation().rows(), "row") + " that it had never seen.";
    }

    private static List<Block.Fact> facts(Evaluation evaluation, @org.jspecify.annotations.Nullable Estimate estimate) {
        Metric metric = evaluation.metric();
        List<Block.Fact> facts = new ArrayList<>();
        if (estimate != null) {
            facts.add(new Block.Fact(
                    MetricWords.name(metric) + " on unseen rows", MetricWords.shown(metric, estimate.value())));
            if (estimate.lower() != null && estimate.upper() != null) {
                facts.add(new Block.Fact(
                        "95 % interval", MetricWords.interval(metric, estimate.lower(), estimate.upper())));
            }
        }
        if (evaluation.comparison() != null) {
            Difference difference = evaluation.comparison().differences().get(metric.key());
            if (difference != null) {
                facts.add(new Block.Fact(
                        "Champion (" + evaluation.comparison().champion() + ")",
                        MetricWords.shown(metric, difference.champion())));
            }
        }
        facts.add(new Block.Fact("Test rows", Numbers.count(evaluation.rows())));
        if (evaluation.target().task() == Task.BINARY && evaluation.threshold() != null) {
            facts.add(new Block.Fact("Decision threshold", Numbers.metric(evaluation.threshold())));
        }
        return facts;
    }

    private static Block.Level level(Verdict.Outcome outcome) {
        return switch (outcome) {
            case FIRST, BETTER -> Block.Level.GOOD;
            case NOT_BETTER -> Block.Level.INFORMATION;
            case WORSE -> Block.Level.WARNING;
            case REJECTED -> Block.Level.BAD;
        };
    }

    private static String words(Verdict.Outcome outcome) {
        return switch (outcome) {
            case FIRST -> "First model";
            case BETTER -> "Better than the champion";
            case NOT_BETTER -> "Not better than the champion";
            case WORSE -> "Worse than the champion";
            case REJECTED -> "Rejected";
        };
    }
}
