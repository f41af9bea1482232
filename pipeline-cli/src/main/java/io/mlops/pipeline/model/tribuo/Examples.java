package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.features.FeatureMatrix;
import io.mlops.pipeline.model.TrainingSet;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.tribuo.Example;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Copies rows into Tribuo's objects; zeros are left out, since Tribuo takes what is absent for zero. */
final class Examples {
    /** What a number costs: an example's name and value, then a node of LibLinear or LibSVM. */
    private static final long BYTES_PER_NUMBER = 48;

    /** What a row costs beside its numbers. */
    private static final long BYTES_PER_ROW = 200;

    // Kept, since a logger that nobody holds forgets its level.
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.SEVERE);
    }

    private Examples() {}

    /** Rows with the index of their class as their label. */
    static MutableDataset<Label> labelled(TrainingSet rows) {
        String[] labels = new String[rows.target().outputs()];
        Arrays.setAll(labels, String::valueOf);
        return of(rows, new LabelFactory(), row -> new Label(labels[(int) rows.values()[row]]));
    }

    /** Rows with their value, centred and scaled. */
    static MutableDataset<Regressor> valued(TrainingSet rows, Scaling scaling) {
        return of(rows, new RegressionFactory(), row -> new Regressor("y", scaling.apply(rows.values()[row])));
    }

    private interface OutputOf<T> {
        T at(int row);
    }

    private static <T extends Output<T>> MutableDataset<T> of(
            TrainingSet rows, OutputFactory<T> factory, OutputOf<T> output) {
        FeatureMatrix features = rows.features();
        String[] names = names(features.columns());
        MutableDataset<T> examples = new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        for (int row = 0; row < rows.rows(); row++) {
            examples.add(example(output.at(row), (float) rows.weight(row), features, row, names));
        }
        return examples;
    }

    private static <T extends Output<T>> Example<T> example(
            T output, float weight, FeatureMatrix features, int row, String[] names) {
        int columns = features.columns();
        String[] present = new String[columns];
        double[] values = new double[columns];
        int count = 0;
        for (int column = 0; column < columns; column++) {
            float value = features.get(row, column);
            // The first feature is always there, since Tribuo refuses an example without any.
            if (value != 0 || column == 0) {
                present[count] = names[column];
                values[count++] = value;
            }
        }
        Example<T> example = new ArrayExample<>(output, Arrays.copyOf(present, count), Arrays.copyOf(values, count));
        example.setWeight(weight);
        return example;
    }

    /** The names of the columns in Tribuo, in whose order it numbers them. */
    static String[] names(int columns) {
        String[] names = new String[columns];
        Arrays.setAll(names, column -> "f%07d".formatted(column));
        return names;
    }

    /** Tribuo's number of each column; -1 where the column was never other than zero. */
    static int[] numbers(ImmutableFeatureMap map, int columns) {
        String[] names = names(columns);
        int[] numbers = new int[columns];
        Arrays.setAll(numbers, column -> map.getID(names[column]));
        return numbers;
    }

    /** Refuses rows that Tribuo could not hold. */
    static void requireRoom(String learner, TrainingSet rows) {
        requireRoom(learner, rows, Runtime.getRuntime().maxMemory() / 2);
    }

    static void requireRoom(String learner, TrainingSet rows, long available) {
        long numbers = 0;
        for (float value : rows.features().values()) {
            if (value != 0) {
                numbers++;
            }
        }
        long needed = numbers * BYTES_PER_NUMBER + rows.rows() * BYTES_PER_ROW;
        if (needed > available) {
            throw PipelineException.usage(
                    ("model '%s' would need about %,d MB of memory for %,d rows of %d features and"
                                    + " may use %,d MB; use 'xgboost' instead, learn from fewer rows, or give Java more memory"
                                    + " with -Xmx")
                            .formatted(
                                    learner,
                                    needed >> 20,
                                    rows.rows(),
                                    rows.features().columns(),
                                    available >> 20));
        }
    }
}
