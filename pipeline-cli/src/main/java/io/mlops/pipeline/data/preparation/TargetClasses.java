package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.TargetChoice;
import io.mlops.pipeline.data.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Learns the classes of a target from how many rows have each label. */
public final class TargetClasses {
    private static final int SHOWN = 10;

    private TargetClasses() {}

    /**
     * The target with its classes.
     *
     * @param counts how many usable rows have each label; empty where the target is a number
     * @throws PipelineException where the labels do not fit the task
     */
    public static Target resolve(TargetChoice choice, Map<String, Long> counts) {
        if (choice.task() == Task.REGRESSION) {
            return new Target(choice.column(), choice.task(), List.of());
        }
        for (String label : choice.labels()) {
            if (!counts.containsKey(label)) {
                throw PipelineException.data("no usable row has the label '" + label + "' of the target '"
                        + choice.column() + "'; there are " + shown(counts)
                        + ". Give rows of every label, or correct data.labels");
            }
        }
        if (counts.size() < 2) {
            throw PipelineException.data("every usable row has the same label of the target '" + choice.column() + "', "
                    + shown(counts) + ": there is nothing to learn. Give rows of at least two labels");
        }
        List<String> labels = sorted(counts.keySet());
        if (choice.task() == Task.MULTICLASS) {
            if (labels.size() == 2) {
                throw PipelineException.data(
                        "the target '" + choice.column() + "' has two labels only, " + shown(counts)
                                + ", but data.task is multiclass: set it to binary, or give rows of every label");
            }
            return new Target(choice.column(), choice.task(), labels);
        }
        if (labels.size() > 2) {
            throw PipelineException.data("the target '" + choice.column() + "' has " + labels.size() + " labels, "
                    + shown(counts) + ", but data.task is binary: name the two that count in data.labels,"
                    + " or set data.task to multiclass");
        }
        String positive = positive(choice, counts, labels);
        String negative = labels.get(0).equals(positive) ? labels.get(1) : labels.get(0);
        return new Target(choice.column(), choice.task(), List.of(negative, positive));
    }

    /** The chosen positive label, or the rarer one; of equally rare ones the later. */
    private static String positive(TargetChoice choice, Map<String, Long> counts, List<String> labels) {
        String positive = choice.positive();
        if (positive == null) {
            long first = counts.getOrDefault(labels.get(0), 0L);
            long second = counts.getOrDefault(labels.get(1), 0L);
            return first < second ? labels.get(0) : labels.get(1);
        }
        if (!counts.containsKey(positive)) {
            throw PipelineException.data("no usable row has the positive label '" + positive + "' of the target '"
                    + choice.column() + "'; there are " + shown(counts) + ". Correct data.positive");
        }
        return positive;
    }

    /** Labels in the order of their numbers where all are numbers, otherwise in that of their text. */
    private static List<String> sorted(Iterable<String> labels) {
        List<String> sorted = new ArrayList<>();
        labels.forEach(sorted::add);
        sorted.sort(Comparator.naturalOrder());
        if (sorted.stream().noneMatch(label -> Double.isNaN(Cells.parseNumber(label, '.')))) {
            sorted.sort(Comparator.comparingDouble(label -> Cells.parseNumber(label, '.')));
        }
        return sorted;
    }

    private static String shown(Map<String, Long> counts) {
        String text = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(each -> String.format(Locale.ROOT, "'%s' (%,d rows)", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "none" : counts.size() > SHOWN ? text + ", …" : text;
    }
}
