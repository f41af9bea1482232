package io.mlops.pipeline.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.Calibration;
import io.mlops.pipeline.model.Contributions;
import io.mlops.pipeline.model.Link;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledShapleyTest {
    private static final ReferenceRow ZERO = new ReferenceRow(new float[4]);

    private static FeatureMatrix rows(int rows, int features, int featuresPerColumn) {
        Random random = new Random(rows);
        float[] values = new float[rows * features];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new FeatureMatrix(
                IntStream.range(0, features)
                        .mapToObj(i -> new Feature("f" + i, "c" + i / featuresPerColumn, 0))
                        .toList(),
                rows,
                values);
    }

    private static Function<FeatureMatrix, double[]> each(Function<float[], double[]> row) {
        return matrix -> IntStream.range(0, matrix.rows())
                .mapToObj(i -> row.apply(matrix.select(new int[] {i}).values()))
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    @Test
    void isExactWhereColumnsActAloneOrInPairs() {
        Contributions given = SampledShapley.of(
                rows(30, 4, 1), each(x -> new double[] {5 + x[0] + x[1] * x[2] + 0 * x[3]}), false, ZERO);
        FeatureMatrix rows = rows(30, 4, 1);
        assertThat(given.base()).containsExactly(5);
        for (int row = 0; row < 30; row++) {
            double shared = (double) rows.get(row, 1) * rows.get(row, 2) / 2;
            assertThat(given.value(row, 0, 0)).isCloseTo(rows.get(row, 0), within(1e-6));
            // Opposite orders share what two columns do together equally.
            assertThat(given.value(row, 1, 0)).isCloseTo(shared, within(1e-6));
            assertThat(given.value(row, 2, 0)).isCloseTo(shared, within(1e-6));
            assertThat(given.value(row, 3, 0)).isZero();
        }
    }

    @Test
    void replacesAllFeaturesOfAColumnTogether() {
        Contributions given =
                SampledShapley.of(rows(10, 4, 2), each(x -> new double[] {x[0] * x[1] + x[2] * x[3]}), false, ZERO);
        FeatureMatrix rows = rows(10, 4, 2);
        assertThat(given.columns()).containsExactly("c0", "c1");
        for (int row = 0; row < 10; row++) {
            assertThat(given.value(row, 0, 0)).isCloseTo((double) rows.get(row, 0) * rows.get(row, 1), within(1e-6));
        }
    }

    @Test
    void explainsTheLogarithmOfTheOddsOfTwoClasses() {
        Contributions given = SampledShapley.of(
                rows(20, 4, 1),
                each(x -> {
                    double p = Calibration.sigmoid(x[0] - 2 * x[1]);
                    return new double[] {1 - p, p};
                }),
                true,
                ZERO);
        assertThat(given.link()).isEqualTo(Link.LOGISTIC);
        assertThat(given.value(3, 1, 0)).isCloseTo(-2 * rows(20, 4, 1).get(3, 1), within(1e-6));
    }

    @Test
    void asksTheModelABoundedNumberOfTimes() {
        for (int columns : new int[] {1, 3, 40, 200, 1000}) {
            AtomicInteger asked = new AtomicInteger();
            SampledShapley.of(
                    rows(2, columns, 1),
                    matrix -> {
                        asked.addAndGet(matrix.rows());
                        return new double[matrix.rows()];
                    },
                    false,
                    new ReferenceRow(new float[columns]));
            assertThat(asked.get()).isLessThanOrEqualTo(1 + 2 * Math.max(512, 2 * columns));
        }
    }

    @Test
    void saysThatAnOlderModelHasToBeTrainedAgain() {
        assertThatThrownBy(() -> SampledShapley.of(rows(2, 4, 1), matrix -> new double[2], false, null))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("train it again");
    }

    @Test
    void comparesWithMeansAndTheMostFrequentCode() {
        List<Feature> features = List.of(new Feature("n", "n", 0), new Feature("c", "c", 3), new Feature("m", "m", 0));
        float missing = Float.NaN;
        FeatureMatrix training =
                new FeatureMatrix(features, 3, new float[] {1, 2, missing, missing, 2, missing, 4, 0, missing});
        assertThat(ReferenceRow.of(training).values()).containsExactly(2.5f, 2, missing);
    }
}
