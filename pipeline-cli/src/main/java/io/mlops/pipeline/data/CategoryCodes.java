package io.mlops.pipeline.data;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.strings.DictionaryMap;
import tech.tablesaw.columns.strings.IntDictionaryMap;
import tech.tablesaw.columns.strings.NullDictionaryMap;

/**
 * The cells of a string column as codes into its distinct levels, so that work is done once a level and not once a cell.
 *
 * @param codes the index of each row's level; {@link #MISSING} where the cell is missing; not copied
 * @param levels the distinct texts; levels that no row has may stand among them
 */
public record CategoryCodes(int[] codes, List<String> levels) {
    /** The code of a missing cell. */
    public static final int MISSING = -1;

    /** The key that Tablesaw's dictionary gives to missing cells, and what it answers for a text that it does not hold. */
    private static final int MISSING_KEY = Integer.MAX_VALUE;

    private static final int NO_KEY = Integer.MIN_VALUE;

    private static final int SMALL_KEYS = 512;

    /** The codes of a column, its levels in the order of their first rows. */
    public static CategoryCodes of(StringColumn column) {
        DictionaryMap dictionary = Objects.requireNonNull(column.getDictionary());
        return dictionary instanceof NullDictionaryMap ? ofTexts(column) : ofKeys(dictionary, column.size());
    }

    private static CategoryCodes ofKeys(DictionaryMap dictionary, int rows) {
        int[] codes = new int[rows];
        List<String> levels = new ArrayList<>();
        // Most keys are small numbers, for which an array answers faster than a map.
        int[] codeOfSmall = new int[SMALL_KEYS];
        Arrays.fill(codeOfSmall, NO_KEY);
        Int2IntOpenHashMap codeOfOther = new Int2IntOpenHashMap();
        codeOfOther.defaultReturnValue(NO_KEY);
        for (int row = 0; row < rows; row++) {
            int key = dictionary.getKeyAtIndex(row);
            boolean small = key >= 0 && key < SMALL_KEYS;
            int code = small ? codeOfSmall[key] : codeOfOther.get(key);
            if (code == NO_KEY) {
                code = MISSING;
                if (!dictionary.isMissing(row)) {
                    code = levels.size();
                    levels.add(dictionary.getValueForKey(key));
                }
                if (small) {
                    codeOfSmall[key] = code;
                } else {
                    codeOfOther.put(key, code);
                }
            }
            codes[row] = code;
        }
        return new CategoryCodes(codes, levels);
    }

    private static CategoryCodes ofTexts(StringColumn column) {
        int[] codes = new int[column.size()];
        List<String> levels = new ArrayList<>();
        Object2IntOpenHashMap<String> codeOfText = new Object2IntOpenHashMap<>();
        codeOfText.defaultReturnValue(NO_KEY);
        codeOfText.put("", MISSING);
        for (int row = 0; row < codes.length; row++) {
            String text = column.get(row);
            int code = codeOfText.getInt(text);
            if (code == NO_KEY) {
                code = levels.size();
                levels.add(text);
                codeOfText.put(text, code);
            }
            codes[row] = code;
        }
        return new CategoryCodes(codes, levels);
    }

    /** How many rows have each level. */
    public int[] counts() {
        int[] counts = new int[levels.size()];
        for (int code : codes) {
            if (code != MISSING) {
                counts[code]++;
            }
        }
        return counts;
    }

    /** A string column with these cells, made without looking up a single text. */
    public StringColumn toColumn(String name) {
        int[] counts = counts();
        int[] keys = new int[codes.length];
        int missing = 0;
        for (int row = 0; row < keys.length; row++) {
            boolean absent = codes[row] == MISSING;
            keys[row] = absent ? MISSING_KEY : codes[row];
            missing += absent ? 1 : 0;
        }
        Int2ObjectOpenHashMap<String> textOfKey = new Int2ObjectOpenHashMap<>(counts.length + 1);
        Object2IntOpenHashMap<String> keyOfText = new Object2IntOpenHashMap<>(counts.length + 1);
        keyOfText.defaultReturnValue(NO_KEY);
        Int2IntOpenHashMap countOfKey = new Int2IntOpenHashMap(counts.length + 1);
        for (int code = 0; code < counts.length; code++) {
            if (counts[code] > 0) {
                enter(code, levels.get(code), counts[code], textOfKey, keyOfText, countOfKey);
            }
        }
        if (missing > 0) {
            enter(MISSING_KEY, "", missing, textOfKey, keyOfText, countOfKey);
        }
        IntDictionaryMap dictionary = new IntDictionaryMap.IntDictionaryBuilder()
                .setValues(keys)
                .setKeyToValue(textOfKey)
                .setValueToKey(keyOfText)
                .setKeyToCount(countOfKey)
                .setNextIndex(counts.length - 1)
                .build();
        return StringColumn.createInternal(name, dictionary);
    }

    private static void enter(
            int key,
            String text,
            int count,
            Int2ObjectOpenHashMap<String> textOfKey,
            Object2IntOpenHashMap<String> keyOfText,
            Int2IntOpenHashMap countOfKey) {
        textOfKey.put(key, text);
        keyOfText.put(text, key);
        countOfKey.put(key, count);
    }
}
