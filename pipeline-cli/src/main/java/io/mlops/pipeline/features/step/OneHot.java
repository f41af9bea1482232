package io.mlops.pipeline.features.step;

import java.util.ArrayList;
import java.util.List;

/**
 * One number for each category: 1 where the cell has it, else 0; all 0 where the cell is missing.
 *
 * @param levels the categories that have a number of their own
 * @param other whether a last number is 1 for every further category, seen before or not; where it is false, these give
 *     all 0
 */
public record OneHot(Vocabulary levels, boolean other) implements LevelEncoding {
    public OneHot {
        if (levels.size() == 0 && !other) {
            throw new IllegalArgumentException("one_hot has no levels");
        }
    }

    @Override
    public List<Output> outputs(String column) {
        List<Output> outputs = new ArrayList<>();
        levels.words().forEach(word -> outputs.add(Output.indicator(column + "=" + word)));
        if (other) {
            outputs.add(Output.indicator(column + "=other"));
        }
        return outputs;
    }

    @Override
    public int width() {
        return levels.size() + (other ? 1 : 0);
    }

    @Override
    public void encode(String word, double[] numbers, int at) {
        if (word.isEmpty()) {
            return;
        }
        int level = levels.indexOf(word);
        if (level >= 0) {
            numbers[at + level] = 1;
        } else if (other) {
            numbers[at + levels.size()] = 1;
        }
    }
}
