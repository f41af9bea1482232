package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what is learned from the target: the task, the labels that count, the positive one. */
final class TargetDecision {
    /** A number with more values than this is learned as a number. */
    private static final int MOST_NUMBERS_AS_CLASSES = 20;

    private static final int MOST_FRACTIONS_AS_CLASSES = 10;
    private static final int MANY_CLASSES = 50;
    private static final double IMBALANCE = 0.1;

    private final String column;
    private final ColumnEvidence evidence;
    private final TypeChoice type;
    private final DataSettings settings;
    private final List<Finding> findings;

    TargetDecision(
            String column, ColumnEvidence evidence, TypeChoice type, DataSettings settings, List<Finding> findings) {
        this.column = column;
        this.evidence = evidence;
        this.type = type;
        this.settings = settings;
        this.findings = findings;
    }

    Target decide() {
        if (evidence.present() == 0) {
            throw PipelineException.data("the target '" + column + "' is missing in every row: choose another column");
        }
        TargetLabels labels = TargetLabels.of(
                evidence, settings.labels().stream().map(Cells::canonicalLabel).toList());
        Task task = settings.task() != null ? settings.task() : task(labels);
        if (task == Task.REGRESSION) {
            return regression();
        }
        return classes(labels, settings.task());
    }

    private Task task(TargetLabels labels) {
        boolean classesWanted = !settings.labels().isEmpty() || settings.positive() != null;
        boolean numbers = evidence.numbers >= 0.95 * evidence.present();
        boolean many = evidence.numberLevels.overflown()
                || labels.coverage() < 0.9
                || labels.kept().size() > (labels.whole() ? MOST_NUMBERS_AS_CLASSES : MOST_FRACTIONS_AS_CLASSES);
        if (!classesWanted && numbers && many) {
            return Task.REGRESSION;
        }
        return labels.kept().size() == 2 ? Task.BINARY : Task.MULTICLASS;
    }

    private Target regression() {
        if (evidence.numbers < 0.5 * evidence.present()) {
            throw PipelineException.data("the target '" + column + "' is no number: "
                    + Words.percent(1 - (double) evidence.numbers / evidence.present())
                    + " of its values are words such as " + Words.counts(evidence.textLevels.byCount(3))
                    + "; set data.task to binary or multiclass, or choose another column");
        }
        long unusable = evidence.rows - evidence.numbers;
        if (evidence.min == evidence.max) {
            throw PipelineException.data("the target '" + column + "' is " + Words.number(evidence.min)
                    + " in every row: there is nothing to learn");
        }
        if (unusable > 0) {
            findings.add(Finding.decided(
                    column,
                    "rows without a number in the target are rejected",
                    Words.count(unusable, "row", "rows") + unusableExamples(),
                    "mend them in the source, if they count"));
        }
        return new Target(column, Task.REGRESSION, List.of());
    }

    private String unusableExamples() {
        return evidence.texts == 0 ? "" : ", such as " + Words.counts(evidence.textLevels.byCount(5));
    }

    private Target classes(TargetLabels labels, @Nullable Task wanted) {
        refuseWhatIsNoLabel(labels);
        List<String> classes = labels.ordered();
        if (wanted == Task.BINARY && classes.size() > 2) {
            throw PipelineException.usage("data.task is binary, but the target '" + column + "' has "
                    + classes.size() + " labels: " + Words.counts(labels.kept())
                    + "; name the two that count in data.labels, or set data.task to multiclass");
        }
        if (wanted == Task.MULTICLASS && classes.size() == 2) {
            throw PipelineException.usage("data.task is multiclass, but the target '" + column + "' has two labels: "
                    + Words.counts(labels.kept()) + "; set data.task to binary");
        }
        reportRejected(labels);
        if (classes.size() == 2) {
            return binary(labels, classes);
        }
        if (settings.positive() != null) {
            throw PipelineException.usage("data.positive is '" + settings.positive() + "', but the target '" + column
                    + "' has " + classes.size() + " labels: " + Words.counts(labels.kept())
                    + "; only a task of two has a positive one");
        }
        reportMany(labels);
        return new Target(column, Task.MULTICLASS, classes);
    }

    private void refuseWhatIsNoLabel(TargetLabels labels) {
        if (type.schema().type() == ColumnType.DATETIME) {
            throw PipelineException.data("the target '" + column + "' holds dates, which no model here predicts: choose"
                    + " another column");
        }
        List<String> unknown = new ArrayList<>();
        for (String label : settings.labels()) {
            if (!labels.kept().containsKey(Cells.canonicalLabel(label))) {
                unknown.add(label);
            }
        }
        if (!unknown.isEmpty()) {
            throw PipelineException.usage("data.labels: " + Words.names(unknown) + " never stands in the target '"
                    + column + "'; its labels are " + Words.counts(labels.rejected()));
        }
        boolean tooMany = evidence.textLevels.overflown() || evidence.numberLevels.overflown();
        boolean several = labels.kept().size() + labels.rejected().size() > 1;
        if (settings.labels().isEmpty() && several && (tooMany || labels.coverage() < 0.5)) {
            throw PipelineException.data("the target '" + column + "' has " + (tooMany ? "over " : "")
                    + Words.count(tooMany ? evidence.textLevels.size() : evidence.distinctCount(), "value", "values")
                    + " in " + evidence.rows
                    + " rows, most of them rare: no classes can be learned from it; choose another column, or name the"
                    + " labels that count in data.labels");
        }
        if (labels.kept().size() < 2) {
            String only = labels.kept().isEmpty()
                    ? "no label often enough to be learned"
                    : "only the label " + Words.counts(labels.kept());
            throw PipelineException.data("the target '" + column + "' has " + only
                    + (labels.rejected().isEmpty() ? "" : " beside the too rare " + Words.counts(labels.rejected()))
                    + ": at least two classes are needed; choose another column or add rows");
        }
    }

    private void reportRejected(TargetLabels labels) {
        long missing = evidence.missing();
        long rejected =
                labels.rejected().values().stream().mapToLong(Long::longValue).sum();
        if (missing + rejected == 0) {
            return;
        }
        String tokens = evidence.tokens.size() == 0 ? "" : " (" + Words.counts(evidence.tokens.byCount(8)) + ")";
        findings.add(Finding.decided(
                column,
                "rows whose target cannot be learned are rejected",
                Words.count(missing + rejected, "row", "rows") + ": " + missing + " missing" + tokens
                        + (labels.rejected().isEmpty()
                                ? ""
                                : ", " + rejected + " with a label that is junk or too rare to learn: "
                                        + Words.counts(labels.rejected())),
                "add a label to data.labels if it counts"));
    }

    private Target binary(TargetLabels labels, List<String> classes) {
        String positive = labels.rarest();
        if (settings.positive() != null) {
            positive = Cells.canonicalLabel(settings.positive());
            if (!classes.contains(positive)) {
                throw PipelineException.usage("data.positive: '" + settings.positive() + "' is no label of the target '"
                        + column + "'; its labels are " + Words.counts(labels.kept()));
            }
        }
        String chosen = positive;
        String negative = classes.stream()
                .filter(label -> !label.equals(chosen))
                .findFirst()
                .orElseThrow();
        double share = (double) labels.kept().getOrDefault(positive, 0L)
                / labels.kept().values().stream().mapToLong(Long::longValue).sum();
        if (settings.positive() == null) {
            findings.add(Finding.decided(
                    column,
                    "'" + positive + "' is the positive class because it is the rarer one",
                    Words.counts(labels.kept()),
                    "set data.positive if the other one is the event"));
        }
        if (share < IMBALANCE) {
            findings.add(Finding.note(
                    column,
                    "the classes are very unequal",
                    "'" + positive + "' is " + Words.percent(share) + " of the rows",
                    "judge the model by average precision rather than by accuracy"));
        }
        return new Target(column, Task.BINARY, List.of(negative, positive));
    }

    private void reportMany(TargetLabels labels) {
        Map.Entry<String, Long> rarest =
                Map.entry(labels.rarest(), labels.kept().get(labels.rarest()));
        long rows = labels.kept().values().stream().mapToLong(Long::longValue).sum();
        if (labels.kept().keySet().stream().allMatch(TargetLabels::isNumber)
                && labels.kept().size() > 4) {
            findings.add(Finding.question(
                    column,
                    "the labels are numbers in an order",
                    Words.counts(labels.kept()),
                    "set data.task to regression if the distance between them matters"));
        }
        if (rarest.getValue() < 0.02 * rows) {
            findings.add(Finding.note(
                    column,
                    "some classes are rare",
                    Words.counts(labels.kept()),
                    "expect uncertain results for '" + rarest.getKey() + "'"));
        }
        if (labels.kept().size() > MANY_CLASSES) {
            findings.add(Finding.warning(
                    column,
                    "there are very many classes",
                    labels.kept().size() + " labels",
                    "check that this is the column to predict"));
        }
    }
}
