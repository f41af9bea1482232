package io.mlops.pipeline.report;

import io.mlops.pipeline.evaluation.Metric;
import io.mlops.pipeline.report.chart.Bars;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.History;
import io.mlops.pipeline.report.chart.Series;
import io.mlops.pipeline.tuning.Importance;
import io.mlops.pipeline.tuning.Study;
import io.mlops.pipeline.tuning.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The report of a search.
 *
 * @param name of the model
 * @param family that was searched
 * @param target what is predicted
 * @param best the trial whose hyperparameters are proposed
 * @param parameters these, with those that were not searched
 * @param plan how trials were measured, in words
 */
public record StudyReport(
        String name,
        String family,
        String target,
        String date,
        Metric metric,
        List<Trial> trials,
        Trial best,
        Map<String, Object> parameters,
        String plan) {
    private static final int MOST_ROWS = 10;

    /** Writes it as one HTML file. */
    public void write(Path file) {
        ReportWriter.write(file, page());
    }

    private Page page() {
        Trial first = trials.get(0);
        boolean better =
                best.isFinished() && first.value() != null && metric.improvement(value(best), first.value()) > 0;
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "history",
                "The search",
                "Every trial is one set of hyperparameters, measured by cross-validation on the training rows: " + plan
                        + ".",
                List.of(new Block.Charts(List.of(history())), table("The best trials", ranked()))));
        sections.add(new Section(
                "proposal",
                "The proposed hyperparameters",
                "What the best trial had; set train.tuned to auto to use them, or copy them to train.params.",
                List.of(new Block.Facts(parameters.entrySet().stream()
                        .map(each -> new Block.Fact(each.getKey(), shown(each.getValue())))
                        .toList()))));
        importance().ifPresent(sections::add);
        failures().ifPresent(sections::add);
        return new Page(
                "Hyperparameter search",
                name,
                family + " for “" + target + "” · " + date,
                better ? Block.Level.GOOD : Block.Level.INFORMATION,
                better ? "Better hyperparameters found" : "Nothing better found",
                List.of(
                        Numbers.count(trials.size(), "set") + " of hyperparameters of the family “" + family
                                + "” were tried; " + Numbers.count(count(Trial.Status.PRUNED))
                                + " of them were given up after a bad first impression.",
                        "The best value was chosen among many, so it flatters: how good the model is on rows that nobody"
                                + " has seen is for the model report to say."),
                facts(first),
                sections);
    }

    private List<Block.Fact> facts(Trial first) {
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(new Block.Fact(MetricWords.name(metric) + " of the best", shown(best)));
        facts.add(new Block.Fact("Before", shown(first)));
        facts.add(new Block.Fact("Best trial", best.number() + " (" + best.origin() + ")"));
        return facts;
    }

    private List<Trial> ranked() {
        return Study.ranked(trials, metric.greaterIsBetter()).stream()
                .limit(MOST_ROWS)
                .toList();
    }

    private Chart history() {
        List<Double> bests = new ArrayList<>();
        double so = Double.NaN;
        for (Trial trial : trials) {
            if (trial.isFinished() && !(metric.improvement(value(trial), so) <= 0)) {
                so = value(trial);
            }
            bests.add(so);
        }
        return History.draw(
                "history",
                MetricWords.name(metric) + " of each trial",
                "Blue dots were measured on all folds, grey ones were given up after a first impression; the orange line is the"
                        + " best so far" + (metric.greaterIsBetter() ? "" : " (lower is better)")
                        + ". The worst tenth may lie outside.",
                "Trial",
                MetricWords.name(metric),
                series(Trial::isFinished),
                series(trial -> trial.status() == Trial.Status.PRUNED),
                new Series(
                        "best",
                        trials.stream().mapToDouble(Trial::number).toArray(),
                        bests.stream().mapToDouble(Double::doubleValue).toArray()),
                metric.greaterIsBetter(),
                List.of("Trial", MetricWords.name(metric), "Status"),
                trials.stream()
                        .limit(200)
                        .map(trial -> List.of(
                                Integer.toString(trial.number()),
                                shown(trial),
                                trial.status().key().replace('_', ' ')))
                        .toList());
    }

    private Series series(Predicate<Trial> wanted) {
        List<Trial> chosen = trials.stream().filter(wanted).toList();
        return new Series(
                "",
                chosen.stream().mapToDouble(Trial::number).toArray(),
                chosen.stream().mapToDouble(StudyReport::value).toArray());
    }

    private Block table(String caption, List<Trial> chosen) {
        List<String> names = List.copyOf(chosen.stream()
                .flatMap(trial -> trial.parameters().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
        List<String> header = new ArrayList<>(List.of("Trial", "From", MetricWords.name(metric)));
        header.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (Trial trial : chosen) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(trial.number()), trial.origin(), shown(trial)));
            names.forEach(name -> row.add(
                    trial.parameters().containsKey(name)
                            ? shown(trial.parameters().get(name))
                            : "–"));
            rows.add(row);
        }
        return Block.Grid.of(caption, false, names.size() + 1, header, rows);
    }

    private Optional<Section> importance() {
        Importance importance = Importance.of(trials);
        if (importance.shares().isEmpty()) {
            return Optional.empty();
        }
        Chart chart = Bars.draw(
                "importance",
                "What decided",
                "The share of the order of " + importance.trials() + " trials (by " + importance.step()
                        + ") that each hyperparameter explains alone.",
                List.of("Hyperparameter", "Share"),
                List.copyOf(importance.shares().keySet()),
                importance.shares().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray(),
                importance.shares().values().stream().map(Numbers::percent).toList());
        return Optional.of(new Section(
                "importance",
                "Importance of hyperparameters",
                "Each is cut into quarters of its tried values, and what chance would explain is taken off (adjusted R² of"
                        + " ranks). Interactions are not seen, and the search looks closely only where it is good.",
                List.of(new Block.Charts(List.of(chart)))));
    }

    private Optional<Section> failures() {
        Map<String, Long> reasons = trials.stream()
                .filter(trial -> trial.reason() != null)
                .collect(Collectors.groupingBy(Trial::reason, TreeMap::new, Collectors.counting()));
        if (reasons.isEmpty()) {
            return Optional.empty();
        }
        List<List<String>> rows = reasons.entrySet().stream()
                .map(reason -> List.of(reason.getKey(), Numbers.count(reason.getValue())))
                .toList();
        return Optional.of(new Section(
                "failures",
                "Trials that failed",
                "These were recorded and skipped.",
                List.of(Block.Grid.of("", false, 1, List.of("Why", "Trials"), rows))));
    }

    private long count(Trial.Status status) {
        return trials.stream().filter(trial -> trial.status() == status).count();
    }

    private static double value(Trial trial) {
        return trial.value() == null ? Double.NaN : trial.value();
    }

    private String shown(Trial trial) {
        return trial.value() == null ? "–" : MetricWords.shown(metric, trial.value());
    }

    private static String shown(Object value) {
        return value instanceof Double number ? Numbers.value(number) : value.toString();
    }
}
