package io.mlops.pipeline.features.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;
import tech.tablesaw.selection.Selection;

/** What every step in the registry must keep; a new step needs an example here. */
class StepContractTest {
    private static final Column<?> NUMBERS =
            DoubleColumn.create("x", new double[] {1.5, Double.NaN, -3, 1e300, 0.1 + 0.2});
    private static final Column<?> WORDS = StringColumn.create("x", "1. car", "", "2. house", "never seen", "1. car");
    private static final Column<?> DATES = dates();

    private static Column<?> dates() {
        DateTimeColumn column = DateTimeColumn.create("x");
        column.append(LocalDateTime.of(2024, 2, 29, 23, 59, 30));
        column.appendMissing();
        column.append(LocalDateTime.of(1969, 12, 31, 0, 0));
        return column;
    }

    /** An encoding with a column it reads, or a refinement. */
    record Example(Step step, Column<?> column) {}

    static Stream<Example> encodings() {
        Vocabulary levels = new Vocabulary(List.of("2. house", "1. car"));
        return Stream.of(
                new Example(new AsNumber(), NUMBERS),
                new Example(new MissingIndicator(), NUMBERS),
                new Example(new MissingIndicator(), WORDS),
                new Example(new MissingIndicator(), DATES),
                new Example(new NumberFromText(), WORDS),
                new Example(new Codes(levels), WORDS),
                new Example(new Ordinal(levels), WORDS),
                new Example(new OneHot(levels, true), WORDS),
                new Example(new OneHot(levels, false), WORDS),
                new Example(
                        new TargetEncoding(
                                List.of("a", "b"),
                                levels,
                                new double[][] {{0.1 + 0.2, 1}, {1 / 3.0, 2}},
                                new double[] {5, 6},
                                new double[] {7, 8},
                                10),
                        WORDS),
                new Example(new Frequency(levels, new double[] {0.1 + 0.2, 1 / 3.0}, 0.25), WORDS),
                new Example(new GroupMean("size", levels, new double[] {0.1 + 0.2, -1e300}, 5, 6), WORDS),
                new Example(new DateParts(List.of(DatePart.values())), DATES),
                new Example(new CyclicDate(List.of(DatePart.MONTH, DatePart.HOUR)), DATES),
                new Example(new TfIdf(2, new Vocabulary(List.of("car", "1 car")), List.of(1.5, 1 / 3.0)), WORDS),
                new Example(new HashedText(2, 7), WORDS),
                new Example(new TextSize(), WORDS));
    }

    /** A join with two columns it reads. */
    record Pair(Join join, Column<?> first, Column<?> second) {}

    static Stream<Pair> joins() {
        Column<?> more = StringColumn.create("y", "a", "", "", "b", "c");
        Column<?> others = DoubleColumn.create("y", new double[] {3, 1, 0, 1e300, Double.NaN});
        Vocabulary levels = new Vocabulary(List.of("2. house", "1. car"));
        return Stream.concat(
                Stream.of(
                        new Pair(new Cross(), WORDS, more),
                        new Pair(new GroupDifference(levels, new double[] {0.1 + 0.2, 1e300}, 5, 6), NUMBERS, WORDS)),
                Arrays.stream(Arithmetic.Operator.values())
                        .map(operator -> new Pair(new Arithmetic(operator), NUMBERS, others)));
    }

    static Stream<Refinement> refinements() {
        return Stream.of(
                new Clip(List.of(-1.0, 0.1 + 0.2), List.of(2.0, 1e300)),
                new Impute(List.of(1 / 3.0, -7.0)),
                new Rescale(List.of(1 / 3.0, 5.0), List.of(0.1, 2.0)));
    }

    @Test
    void everyStepOfTheRegistryIsTestedHere() {
        assertThat(Stream.of(encodings().map(Example::step), joins().map(Pair::join), refinements())
                        .flatMap(steps -> steps)
                        .map(Object::getClass)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(Steps.ALL.values());
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void encodesTheSameOnceWrittenAndRead(Example example) throws Exception {
        Encoding encoding = (Encoding) example.step();

        assertThat(encode((Encoding) copy(encoding), example.column()))
                .containsExactly(encode(encoding, example.column()));
    }

    @ParameterizedTest
    @MethodSource("joins")
    void joinsTheSameOnceWrittenAndRead(Pair pair) throws Exception {
        Column<?> joined = pair.join().of(pair.first(), pair.second());

        assertThat(cells(((Join) copy(pair.join())).of(pair.first(), pair.second())))
                .containsExactly(cells(joined));
    }

    @ParameterizedTest
    @MethodSource("joins")
    void joinsEachRowTheSameWhereverTheChunkIsCut(Pair pair) {
        Column<?> whole = pair.join().of(pair.first(), pair.second());

        assertThat(whole.size()).isEqualTo(pair.first().size());
        for (int row = 0; row < whole.size(); row++) {
            Selection one = Selection.with(row);
            assertThat(pair.join()
                            .of(pair.first().where(one), pair.second().where(one))
                            .get(0))
                    .isEqualTo(whole.get(row));
        }
        assertThat(pair.join()
                        .of(pair.first().emptyCopy(), pair.second().emptyCopy())
                        .size())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("joins")
    void namesWhatIsJoinedAfterBothColumns(Pair pair) {
        assertThat(pair.join().name("height", "width")).startsWith("height").endsWith("width");
    }

    @Test
    void combinesTwoNumbers() {
        Column<?> first = DoubleColumn.create("x", new double[] {6, 6, Double.NaN});
        Column<?> second = DoubleColumn.create("y", new double[] {3, 0, 3});

        assertThat(cells(new Arithmetic(Arithmetic.Operator.DIFFERENCE).of(first, second)))
                .containsExactly(3.0, 6.0, null);
        assertThat(cells(new Arithmetic(Arithmetic.Operator.RATIO).of(first, second)))
                .containsExactly(2.0, null, null);
        assertThat(cells(new Arithmetic(Arithmetic.Operator.PRODUCT).of(first, second)))
                .containsExactly(18.0, 0.0, null);
    }

    @Test
    void aCrossIsMissingOnlyWhereBothWordsAre() {
        Column<?> crossed =
                new Cross().of(StringColumn.create("x", "a", "", "a", ""), StringColumn.create("y", "b", "b", "", ""));

        assertThat(cells(crossed)).containsExactly("a\u001fb", "\u001fb", "a\u001f", "");
    }

    @ParameterizedTest
    @MethodSource("refinements")
    void refinesTheSameOnceWrittenAndRead(Refinement refinement) throws Exception {
        double[] numbers = {1, 2, Double.NaN, Double.NaN, -1e308, 1e308, 0.3, 4};
        double[] same = numbers.clone();

        refinement.refine(numbers, 4);
        ((Refinement) copy(refinement)).refine(same, 4);

        assertThat(same).containsExactly(numbers);
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void givesEachRowTheSameNumbersWhereverTheChunkIsCut(Example example) {
        Encoding encoding = (Encoding) example.step();
        int width = encoding.outputs("x").size();
        double[] whole = encode(encoding, example.column());
        Encoding.Cells cells = encoding.on(example.column());

        for (int row = 0; row < example.column().size(); row++) {
            double[] one = new double[width];
            cells.encode(row, row + 1, one);
            assertThat(one).containsExactly(Arrays.copyOfRange(whole, row * width, (row + 1) * width));
        }
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void overwritesWhatTheArrayHeld(Example example) {
        Encoding encoding = (Encoding) example.step();
        double[] used =
                new double[example.column().size() * encoding.outputs("x").size()];
        Arrays.fill(used, 99);

        encoding.on(example.column()).encode(0, example.column().size(), used);

        assertThat(used).containsExactly(encode(encoding, example.column()));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void readsAnEmptyChunk(Example example) {
        assertThat(encode((Encoding) example.step(), example.column().emptyCopy()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void namesItsOutputsAfterTheColumn(Example example) {
        assertThat(((Encoding) example.step()).outputs("purpose"))
                .isNotEmpty()
                .allSatisfy(output -> assertThat(output.name()).startsWith("purpose"))
                .extracting(Encoding.Output::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void encodingsRefuseColumnsOfAnotherKind() {
        assertThatThrownBy(() -> new AsNumber().on(WORDS)).hasMessageContaining("no numbers");
        assertThatThrownBy(() -> new Codes(new Vocabulary(List.of("a"))).on(NUMBERS))
                .hasMessageContaining("no words");
        assertThatThrownBy(() -> new DateParts(List.of(DatePart.YEAR)).on(WORDS))
                .hasMessageContaining("no dates");
        assertThatThrownBy(() -> new Cross().of(WORDS, NUMBERS)).hasMessageContaining("no words");
        assertThatThrownBy(() -> new Arithmetic(Arithmetic.Operator.RATIO).of(NUMBERS, WORDS))
                .hasMessageContaining("no numbers");
    }

    @Test
    void refusesAStepItDoesNotKnowOrThatIsIncomplete() {
        ObjectMapper mapper = new ObjectMapper();
        for (Map<String, ?> json : List.of(
                Map.of("step", "java.lang.Runtime"),
                Map.of("lower", List.of()),
                Map.of("step", "clip", "lower", List.of(1.0)),
                Map.of("step", "scale", "center", List.of(1.0), "spread", List.of(0.0)),
                Map.of("step", "codes", "levels", List.of("a", "a")),
                Map.of("step", "arithmetic", "operator", "guess"),
                Map.of("step", "frequency", "levels", List.of("a"), "shares", List.of(), "missing", 0.0),
                Map.of("step", "target_encoding", "levels", List.of("a")))) {
            assertThatThrownBy(() -> Steps.fromJson(mapper.valueToTree(json)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Object[] cells(Column<?> column) {
        return column.asObjectArray();
    }

    private static Step copy(Step step) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        return Steps.fromJson(mapper.readTree(mapper.writeValueAsString(Steps.toJson(step))));
    }

    private static double[] encode(Encoding encoding, Column<?> column) {
        double[] numbers = new double[column.size() * encoding.outputs("x").size()];
        encoding.on(column).encode(0, column.size(), numbers);
        return numbers;
    }
}
