package io.mlops.pipeline.report;

import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.Severity;
import io.mlops.pipeline.data.profile.Profile;
import io.mlops.pipeline.data.profile.Profile.CategoryCount;
import io.mlops.pipeline.data.profile.Profile.ColumnProfile;
import io.mlops.pipeline.data.profile.Profile.NumberProfile;
import io.mlops.pipeline.data.profile.Profile.TextProfile;
import io.mlops.pipeline.data.typing.JunkCells;
import io.mlops.pipeline.data.validation.Validation;
import io.mlops.pipeline.report.chart.Bars;
import io.mlops.pipeline.report.chart.Chart;
import io.mlops.pipeline.report.chart.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the model learned from: how many rows, which of them were unusable, what each column holds. */
final class DataSection {
    private static final int MOST_CLASSES = 12;
    private static final int MOST_NOTES = 12;

    /** The rule about cells that are not of their column's type, which have a table of their own. */
    private static final String JUNK = "type";

    private DataSection() {}

    static Optional<Section> of(ReportModel model) {
        ReportModel.Data data = model.data();
        if (data == null) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        List<Block.Note> notes = notes(data);
        if (!notes.isEmpty()) {
            blocks.add(new Block.Notes(notes));
        }
        blocks.add(facts(data));
        target(data.profile()).ifPresent(chart -> blocks.add(new Block.Charts(List.of(chart))));
        if (!data.validation().rejected().isEmpty()) {
            blocks.add(rejects(data.validation()));
        }
        if (!data.validation().junk().isEmpty()) {
            blocks.add(junk(data.validation()));
        }
        blocks.add(Block.Columns.of(
                data.profile().columns().stream().map(ColumnLines::of).toList()));
        String sentence = "What the model learned from. A model knows nothing that is not in these columns, and repeats"
                + " whatever is wrong in them.";
        return PageLayout.section("data", "The data", sentence, blocks.stream());
    }

    private static List<Block.Note> notes(ReportModel.Data data) {
        List<Block.Note> notes = new ArrayList<>();
        data.validation().violations().stream()
                .filter(each -> each.severity() == Severity.FAIL || !each.rule().equals(JUNK))
                .forEach(each -> notes.add(new Block.Note(
                        each.severity() == Severity.FAIL ? Block.Level.BAD : Block.Level.WARNING, each.message())));
        data.warnings().forEach(each -> notes.add(new Block.Note(Block.Level.WARNING, each)));
        if (notes.size() <= MOST_NOTES) {
            return notes;
        }
        List<Block.Note> first = new ArrayList<>(notes.subList(0, MOST_NOTES));
        first.add(new Block.Note(
                Block.Level.INFORMATION, (notes.size() - MOST_NOTES) + " more, in the files of the run"));
        return first;
    }

    private static Block facts(ReportModel.Data data) {
        Validation validation = data.validation();
        long unusable = validation.rowsRead() - validation.rowsUsable();
        List<Block.Fact> facts = new ArrayList<>(List.of(
                new Block.Fact("Rows read", Numbers.count(validation.rowsRead())),
                new Block.Fact("Unusable rows", Numbers.count(unusable)),
                new Block.Fact("Repeated rows", Numbers.count(validation.duplicates())),
                new Block.Fact("Training rows", Numbers.count(data.trainingRows())),
                new Block.Fact("Test rows", Numbers.count(data.testRows()))));
        long inputs = data.profile().columns().stream()
                .filter(each -> each.role() == Role.FEATURE || each.role() == Role.TIME)
                .count();
        facts.add(new Block.Fact("Input columns", Numbers.count(inputs)));
        return new Block.Facts(facts);
    }

    private static Optional<Chart> target(Profile profile) {
        Optional<ColumnProfile> target = profile.columns().stream()
                .filter(each -> each.role() == Role.TARGET)
                .findFirst();
        return target.flatMap(column -> {
            TextProfile texts = column.texts();
            NumberProfile numbers = column.numbers();
            if (texts != null && !texts.top().isEmpty()) {
                return Optional.of(classes(column, texts.top()));
            }
            return numbers == null ? Optional.empty() : Optional.of(values(column, numbers));
        });
    }

    private static Chart classes(ColumnProfile target, List<CategoryCount> classes) {
        List<CategoryCount> first = classes.stream().limit(MOST_CLASSES).toList();
        String more = classes.size() > MOST_CLASSES ? " The first " + MOST_CLASSES + " of " + classes.size() + "." : "";
        return Bars.draw(
                "target",
                "Classes of " + target.name(),
                "How many rows there are of each class; rare classes are harder to learn." + more,
                List.of("Class", "Rows"),
                first.stream().map(CategoryCount::category).toList(),
                first.stream().mapToDouble(CategoryCount::count).toArray(),
                first.stream()
                        .map(each -> Numbers.count(each.count()) + " ("
                                + Numbers.percent((double) each.count() / target.count()) + ")")
                        .toList());
    }

    private static Chart values(ColumnProfile target, NumberProfile numbers) {
        List<Double> edges = numbers.histogram().edges();
        List<Double> shown = ofOneWidth(edges);
        return Histogram.draw(
                "target",
                "Values of " + target.name(),
                "How many rows there are of each size of the number that is predicted; sizes that are rare here are"
                        + " harder to predict."
                        + (shown.equals(edges)
                                ? ""
                                : " The outermost bars hold everything from " + Numbers.value(numbers.min()) + " to "
                                        + Numbers.value(numbers.max()) + "."),
                target.name(),
                shown,
                numbers.histogram().counts());
    }

    /** The edges with the outer bins as narrow as the others: a wide bar as high as its rows would look like many more. */
    private static List<Double> ofOneWidth(List<Double> edges) {
        int last = edges.size() - 1;
        if (last < 3) {
            return edges;
        }
        double width = edges.get(2) - edges.get(1);
        List<Double> narrow = new ArrayList<>(edges);
        narrow.set(0, Math.max(edges.get(0), edges.get(1) - width));
        narrow.set(last, Math.min(edges.get(last), edges.get(last - 1) + width));
        return narrow;
    }

    private static Block rejects(Validation validation) {
        return Block.Grid.of(
                "Why rows could not be used",
                false,
                2,
                List.of("Reason", "Rows", "Share"),
                validation.rejected().entrySet().stream()
                        .map(each -> List.of(
                                each.getKey().replace('_', ' '),
                                Numbers.count(each.getValue()),
                                Numbers.percent((double) each.getValue() / Math.max(1, validation.rowsRead()))))
                        .toList());
    }

    private static Block junk(Validation validation) {
        List<Map.Entry<String, JunkCells>> columns =
                List.copyOf(validation.junk().entrySet());
        return Block.Grid.of(
                "Cells that are not what their column holds; they count as missing",
                columns.size() > MOST_CLASSES,
                1,
                List.of("Column", "For example", "Cells"),
                columns.stream()
                        .map(each -> List.of(
                                each.getKey(),
                                each.getValue().examples().stream()
                                        .map(example -> "“" + example.value() + "” in row " + example.row())
                                        .collect(Collectors.joining(", ")),
                                Numbers.count(each.getValue().count())))
                        .toList());
    }
}
