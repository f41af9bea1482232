package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.ColumnSchema;
import io.mlops.pipeline.data.ColumnType;
import io.mlops.pipeline.data.DataSettings;
import io.mlops.pipeline.data.DataSettings.FormatSettings;
import io.mlops.pipeline.data.Role;
import io.mlops.pipeline.data.TableSchema;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.data.source.Source;
import io.mlops.pipeline.data.source.Sources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps from a source to an {@link Inference}. */
final class InferenceRun {
    private final Source source;
    private final DataSettings settings;
    private final @Nullable String targetName;
    private final List<String> names;
    private final List<Finding> findings = new ArrayList<>();

    InferenceRun(Source source, DataSettings settings, @Nullable String target) {
        this.source = source;
        this.settings = settings;
        this.targetName = target != null ? target : settings.target();
        this.names = source.columns();
    }

    Inference infer() {
        refuseUnknownColumns();
        char decimal = settings.format().decimal().charAt(0);
        if (decimal == '.') {
            decimal = DecimalProbe.of(source);
        }
        int position = targetName == null ? -1 : names.indexOf(targetName);
        Scan scan = Scan.of(source, settings, decimal, position);
        refuseEmpty(scan);
        List<TypeChoice> choices = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            choices.add(TypeChoice.of(names.get(column), scan.columns[column]));
        }
        if (targetName == null) {
            throw Candidates.ask(names, scan.columns, choices);
        }
        tableFindings(scan, decimal);
        Target target = new TargetDecision(
                        targetName, scan.columns[position], choices.get(position), settings, findings)
                .decide();
        List<InferredColumn> columns = columns(scan, choices, target);
        for (int column = 0; column < columns.size(); column++) {
            if (columns.get(column).role() != Role.IGNORE && column != position) {
                new ColumnFindings(columns.get(column), scan.columns[column], choices.get(column), findings)
                        .report(numbers(scan.sample, column));
            }
        }
        findings.addAll(new LeakageTests(scan.sample, columns, target).find());
        return result(scan, columns, target, decimal);
    }

    private void refuseUnknownColumns() {
        Map<String, String> wanted = new LinkedHashMap<>();
        if (targetName != null) {
            wanted.put(targetName, "the target");
        }
        settings.id().forEach(name -> wanted.putIfAbsent(name, "data.id"));
        if (settings.time() != null) {
            wanted.putIfAbsent(settings.time(), "data.time");
        }
        if (settings.group() != null) {
            wanted.putIfAbsent(settings.group(), "data.group");
        }
        List<String> problems = new ArrayList<>();
        wanted.forEach((name, key) -> {
            if (!names.contains(name)) {
                List<String> near = Near.names(name, names);
                problems.add(key + " '" + name + "' is no column"
                        + (near.isEmpty() ? "" : "; did you mean " + Words.names(near) + "?"));
            }
        });
        if (!problems.isEmpty()) {
            List<String> first = names.subList(0, Math.min(60, names.size()));
            throw PipelineException.usage(source.name() + ": " + String.join("; ", problems) + " (the columns are "
                    + String.join(", ", first) + (first.size() < names.size() ? ", ..." : "") + ")" + noHeader());
        }
    }

    /** What to do where the names of the columns may be the cells of a row. */
    private String noHeader() {
        return names.stream().anyMatch(name -> !Double.isNaN(Cells.parseNumber(name, '.')))
                ? "; if the first line is a row and has no names, set data.format.header to false: the columns are then"
                        + " called column_1, column_2 and so on"
                : "";
    }

    private void refuseEmpty(Scan scan) {
        if (scan.rows() > 0) {
            return;
        }
        throw PipelineException.data(
                scan.ragged() == 0
                        ? source.name() + " has a header but no rows"
                        : source.name() + ": no row has as many cells as the header (" + names.size()
                                + "), from line " + scan.firstRagged()
                                + " on; check the delimiter (data.format.delimiter) and the first line");
    }

    private void tableFindings(Scan scan, char decimal) {
        source.warnings()
                .forEach(warning ->
                        findings.add(Finding.warning(null, warning, "", "check a few cells, and mend the source")));
        if (scan.ragged() > 0) {
            findings.add(Finding.decided(
                    null,
                    "rows with too many or too few cells are rejected",
                    Words.count(scan.ragged(), "row has", "rows have") + " not " + names.size() + " cells, the first"
                            + " in line " + scan.firstRagged(),
                    "put cells that hold the delimiter in quotes"));
        }
        if (decimal == ',' && settings.format().decimal().equals(".")) {
            findings.add(Finding.decided(
                    null,
                    "numbers are written with a decimal comma",
                    "more columns are numbers that way",
                    "set data.format.decimal if that is wrong"));
        }
        long duplicates = scan.sample.duplicates();
        if (duplicates > 0 && (scan.sample.duplicatesExact() || duplicates > 0.05 * scan.rows())) {
            findings.add(Finding.note(
                    null,
                    "some rows are equal in every cell",
                    (scan.sample.duplicatesExact() ? "" : "about ") + duplicates + " of " + scan.rows()
                            + " rows repeat an earlier one ("
                            + Words.percent((double) duplicates / scan.rows()) + ")",
                    "equal rows always fall on the same side of a random split"));
        }
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            if (scan.columns[column].padded > 0) {
                padded.add(names.get(column));
            }
        }
        if (!padded.isEmpty()) {
            findings.add(Finding.note(
                    null,
                    "some cells have blanks around their value",
                    "in " + Words.names(padded),
                    "the blanks are left out, in labels too"));
        }
        if (scan.rows() < 50) {
            findings.add(Finding.warning(
                    null, "there are very few rows", scan.rows() + " rows", "do not trust what is learned from them"));
        }
    }

    private List<InferredColumn> columns(Scan scan, List<TypeChoice> choices, Target target) {
        int position = names.indexOf(target.column());
        List<InferredColumn> columns = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            ColumnEvidence evidence = scan.columns[column];
            InferredColumn inferred = InferredColumn.of(names.get(column), evidence, choices.get(column));
            columns.add(
                    column == position
                            ? target(inferred, evidence, target)
                            : withRole(inferred, evidence, evidence.checksum == scan.columns[position].checksum));
        }
        return columns;
    }

    private static InferredColumn target(InferredColumn column, ColumnEvidence evidence, Target target) {
        boolean whole = evidence.integers == evidence.numbers;
        ColumnType type =
                target.task().isClassification() ? ColumnType.CATEGORY : whole ? ColumnType.INTEGER : ColumnType.NUMBER;
        return column.as(ColumnSchema.of(type), Role.TARGET);
    }

    private InferredColumn withRole(InferredColumn column, ColumnEvidence evidence, boolean copy) {
        String name = column.name();
        if (settings.ignore().contains(name)) {
            return column.as(column.schema().optional(), Role.IGNORE);
        }
        if (settings.id().contains(name)) {
            return column.as(ColumnSchema.of(ColumnType.IDENTIFIER), Role.ID);
        }
        if (name.equals(settings.time())) {
            return column.as(Role.TIME);
        }
        if (name.equals(settings.group())) {
            return column.as(Role.GROUP);
        }
        if (evidence.present() == 0) {
            return ignored(column, "the column is entirely missing", "0 of " + column.rows() + " cells hold a value");
        }
        if (evidence.distinctCount() == 1 && evidence.missing() == 0) {
            return ignored(column, "the column is constant", "every cell is " + Words.counts(column.levels()));
        }
        if (copy) {
            return ignored(column, "the column is a copy of the target", "equal in every row");
        }
        if (column.type() == ColumnType.IDENTIFIER) {
            findings.add(Finding.decided(
                    name,
                    "the column names the rows: it is copied to predictions and not learned from",
                    column.reason(),
                    "take it out of data.id if it means something"));
            return column.as(Role.ID);
        }
        return column.as(Role.FEATURE);
    }

    private InferredColumn ignored(InferredColumn column, String what, String evidence) {
        findings.add(
                Finding.decided(column.name(), what + ": it is ignored", evidence, "nothing can be learned from it"));
        return column.as(column.schema().optional(), Role.IGNORE);
    }

    private static double[] numbers(RowSample sample, int column) {
        double[] numbers = new double[sample.size()];
        int count = 0;
        for (int row = 0; row < sample.size(); row++) {
            if (Keys.isNumber(sample.key(row, column))) {
                numbers[count++] = Keys.number(sample.key(row, column));
            }
        }
        double[] sorted = Arrays.copyOf(numbers, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private Inference result(Scan scan, List<InferredColumn> columns, Target target, char decimal) {
        Map<String, ColumnSchema> types = new LinkedHashMap<>();
        Map<String, Role> roles = new LinkedHashMap<>();
        columns.forEach(column -> {
            types.put(column.name(), column.schema());
            roles.put(column.name(), column.role());
        });
        TableSchema schema = new TableSchema(types, roles);
        findings.sort(
                Comparator.comparingInt(finding -> finding.column() == null ? -1 : names.indexOf(finding.column())));
        return new Inference(
                source.name(),
                scan.rows(),
                scan.ragged(),
                scan.sample.duplicates(),
                scan.sample.duplicatesExact(),
                columns,
                schema,
                target,
                filled(schema, target, decimal),
                findings);
    }

    private String location() {
        return source.name().equals(Sources.STANDARD_INPUT_NAME) ? Sources.STANDARD_INPUT : source.name();
    }

    private DataSettings filled(TableSchema schema, Target target, char decimal) {
        FormatSettings found = source.format();
        FormatSettings given = settings.format();
        return new DataSettings(
                settings.source() == null ? location() : settings.source(),
                settings.targetFile(),
                new FormatSettings(
                        given.delimiter() == null ? found.delimiter() : given.delimiter(),
                        given.encoding() == null ? found.encoding() : given.encoding(),
                        given.header() == null ? found.header() : given.header(),
                        String.valueOf(decimal)),
                target.column(),
                target.task(),
                target.task() == Task.BINARY ? target.positive() : null,
                settings.labels().isEmpty() ? target.classes() : settings.labels(),
                schema.names(Role.ID),
                settings.time(),
                settings.group(),
                schema.names(Role.IGNORE),
                settings.schema(),
                settings.missing(),
                settings.split(),
                settings.expectations());
    }
}
