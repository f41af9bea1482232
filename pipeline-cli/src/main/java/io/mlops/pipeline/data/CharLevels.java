package io.mlops.pipeline.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the texts of a column codes, chunk by chunk, and makes no string of a text that it has met before.
 *
 * <p>The memory is bounded: at the end of a chunk it forgets all texts where they are many.
 */
public final class CharLevels {
    private static final int CAPACITY = 1 << 15;

    private @Nullable Entry[] table = new Entry[64];
    private int size;
    private int chunk;
    private List<String> levels = new ArrayList<>();

    private static final class Entry {
        private final String text;
        private final int hash;
        private int chunk = -1;
        private int code;

        Entry(String text, int hash) {
            this.text = text;
            this.hash = hash;
        }

        boolean holds(char[] buffer, int offset, int length) {
            if (text.length() != length) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (text.charAt(i) != buffer[offset + i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The code of a text in the current chunk. */
    public int code(char[] buffer, int offset, int length) {
        int hash = hash(buffer, offset, length);
        int slot = hash & (table.length - 1);
        Entry entry = table[slot];
        while (entry != null && (entry.hash != hash || !entry.holds(buffer, offset, length))) {
            slot = (slot + 1) & (table.length - 1);
            entry = table[slot];
        }
        if (entry == null) {
            entry = new Entry(new String(buffer, offset, length), hash);
            insert(entry, slot);
        }
        if (entry.chunk != chunk) {
            entry.chunk = chunk;
            entry.code = levels.size();
            levels.add(entry.text);
        }
        return entry.code;
    }

    /** The texts of the current chunk by code; the next chunk starts from code 0. */
    public List<String> nextChunk() {
        List<String> finished = levels;
        levels = new ArrayList<>();
        chunk++;
        if (size >= CAPACITY) {
            Arrays.fill(table, null);
            size = 0;
        }
        return finished;
    }

    private void insert(Entry entry, int slot) {
        table[slot] = entry;
        size++;
        if (size * 2 > table.length) {
            @Nullable Entry[] old = table;
            table = new Entry[old.length * 2];
            for (Entry each : old) {
                if (each != null) {
                    int place = each.hash & (table.length - 1);
                    while (table[place] != null) {
                        place = (place + 1) & (table.length - 1);
                    }
                    table[place] = each;
                }
            }
        }
    }

    private static int hash(char[] buffer, int offset, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + buffer[offset + i];
        }
        hash *= 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
