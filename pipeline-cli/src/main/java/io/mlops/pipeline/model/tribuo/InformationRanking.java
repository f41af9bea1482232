package io.mlops.pipeline.model.tribuo;

import io.mlops.pipeline.features.SelectionSettings.Criterion;
import java.util.Arrays;
import java.util.List;
import org.tribuo.FeatureSelector;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.fs.CMIM;
import org.tribuo.classification.fs.JMI;
import org.tribuo.classification.fs.MIM;
import org.tribuo.classification.fs.mRMR;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Orders variables of few codes 0, 1, … by what they tell of a label. */
public final class InformationRanking {
    // Ties are broken otherwise with more than one.
    private static final int THREADS = 1;

    private InformationRanking() {}

    /** The variable that alone tells the most; the first one of several. */
    public static int best(int[][] variables, int[] labels) {
        return variables.length == 1 ? 0 : order(new MIM(1, bins(variables)), variables, labels)[0];
    }

    /**
     * The variables that tell the most, each of what those before it have not told.
     *
     * @param most how many of them
     */
    public static int[] order(Criterion criterion, int[][] variables, int[] labels, int most) {
        int bins = bins(variables);
        FeatureSelector<Label> selector =
                switch (criterion) {
                    case MRMR -> new mRMR(most, bins, THREADS);
                    case JMI -> new JMI(most, bins, THREADS);
                    case CMIM -> new CMIM(most, bins, THREADS);
                };
        return order(selector, variables, labels);
    }

    /** As many bins of equal width as there are codes, so that each code has its own. */
    private static int bins(int[][] variables) {
        return Math.max(
                2,
                1 + Arrays.stream(variables).flatMapToInt(Arrays::stream).max().orElse(1));
    }

    private static int[] order(FeatureSelector<Label> selector, int[][] variables, int[] labels) {
        String[] names = Examples.names(variables.length);
        LabelFactory factory = new LabelFactory();
        MutableDataset<Label> rows = new MutableDataset<>(new SimpleDataSourceProvenance("rows", factory), factory);
        for (int row = 0; row < labels.length; row++) {
            double[] values = new double[variables.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = variables[i][row];
            }
            rows.add(new ArrayExample<>(new Label(Integer.toString(labels[row])), names.clone(), values));
        }
        List<String> known = List.of(names);
        return selector.select(rows).featureNames().stream()
                .mapToInt(known::indexOf)
                .toArray();
    }
}
