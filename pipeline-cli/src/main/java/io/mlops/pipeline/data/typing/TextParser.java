package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.CharLevels;
import java.util.Arrays;
import tech.tablesaw.columns.Column;

final class TextParser implements ColumnParser {
    private final String name;
    private final int[] codes;
    private final CharLevels levels = new CharLevels();

    TextParser(String name, int capacity) {
        this.name = name;
        this.codes = new int[capacity];
    }

    @Override
    public boolean parse(int row, char[] buffer, int offset, int length) {
        codes[row] = levels.code(buffer, offset, length);
        return true;
    }

    @Override
    public void missing(int row) {
        codes[row] = CategoryCodes.MISSING;
    }

    @Override
    public Column<?> take(int rows) {
        return new CategoryCodes(Arrays.copyOf(codes, rows), levels.nextChunk()).toColumn(name);
    }
}
