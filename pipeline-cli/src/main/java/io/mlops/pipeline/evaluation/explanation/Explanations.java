package io.mlops.pipeline.evaluation.explanation;

import java.util.List;

/**
 * Why a model predicted what it predicted for a sample of rows.
 *
 * @param output the class whose probability the columns add to; empty for a regression
 * @param rows how many rows were explained
 * @param all of how many
 * @param learned whether the model was trained on them
 * @param columns what each column adds, the weightiest first
 * @param examples single rows: the most and the least certain ones, or the highest and the lowest values
 */
public record Explanations(
        String output, int rows, long all, boolean learned, List<ColumnEffect> columns, List<Example> examples) {
    public Explanations {
        columns = List.copyOf(columns);
        examples = List.copyOf(examples);
    }

    public boolean isClassification() {
        return !output.isEmpty();
    }

    /**
     * What a column adds.
     *
     * @param size the mean size of its contributions, whatever their sign: to the logarithm of the odds or to the value
     * @param probability the mean size of its contributions to the probability; 0 for a regression
     * @param date whether its cells are dates
     * @param points for each row, empty where nobody looks so closely
     */
    public record ColumnEffect(String column, double size, double probability, boolean date, List<Point> points) {
        public ColumnEffect {
            points = List.copyOf(points);
        }
    }

    /**
     * One cell with what it adds.
     *
     * @param text the cell as a word; empty where missing
     * @param number the cell as a number, a date as a year with a fraction; NaN where it is neither or missing
     * @param effect what it adds
     */
    public record Point(String text, double number, double effect) {}

    /**
     * One row.
     *
     * @param kind what it stands for: {@code most certain}
     * @param row its number, from 1 on
     * @param prediction the class with its probability, or the value
     * @param truth what came true
     * @param reasons in words
     */
    public record Example(String kind, long row, String prediction, String truth, String reasons) {}
}
