package io.mlops.pipeline.data.typing;

import io.mlops.pipeline.data.CategoryCodes;
import io.mlops.pipeline.data.Cells;
import io.mlops.pipeline.data.CharLevels;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tech.tablesaw.columns.Column;

/** Reads categories in their one spelling, whatever the spelling of the cell: {@code 1.0} is {@code 1}. */
final class CategoryParser implements ColumnParser {
    private final String name;
    private final int[] codes;
    private final CharLevels levels = new CharLevels();

    CategoryParser(String name, int capacity) {
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
        List<String> written = levels.nextChunk();
        List<String> canonical = new ArrayList<>();
        Object2IntOpenHashMap<String> codeOfCanonical = new Object2IntOpenHashMap<>();
        int[] recoded = new int[written.size()];
        for (int code = 0; code < recoded.length; code++) {
            String label = Cells.canonicalLabel(written.get(code));
            if (!codeOfCanonical.containsKey(label)) {
                codeOfCanonical.put(label, canonical.size());
                canonical.add(label);
            }
            recoded[code] = codeOfCanonical.getInt(label);
        }
        int[] taken = Arrays.copyOf(codes, rows);
        for (int row = 0; row < rows; row++) {
            if (taken[row] != CategoryCodes.MISSING) {
                taken[row] = recoded[taken[row]];
            }
        }
        return new CategoryCodes(taken, canonical).toColumn(name);
    }
}
