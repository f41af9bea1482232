package io.mlops.pipeline.features.step;

import java.util.List;

/** How many characters (Unicode code points) and how many words a text has; both 0 where it is missing. */
public record TextSize() implements TextEncoding {
    @Override
    public List<Output> outputs(String column) {
        return List.of(Output.number(column + ".length"), Output.number(column + ".words"));
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public void encode(String text, double[] numbers, int at) {
        numbers[at] = text.codePointCount(0, text.length());
        numbers[at + 1] = Words.of(text).size();
    }
}
