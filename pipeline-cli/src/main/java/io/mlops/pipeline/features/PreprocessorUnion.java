package io.mlops.pipeline.features;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Several preprocessors side by side as one, so that models that were fitted on different rows or views read one matrix.
 * Blocks that compute the same numbers are computed once.
 *
 * @param preprocessor computes the features of all parts
 * @param columns for each part, in the order of its own features, the columns of the whole matrix
 */
public record PreprocessorUnion(Preprocessor preprocessor, List<int[]> columns) {
    public PreprocessorUnion {
        columns = List.copyOf(columns);
    }

    /**
     * Puts preprocessors for one target side by side.
     *
     * @param parts at least one
     */
    public static PreprocessorUnion of(List<Preprocessor> parts) {
        List<Block> blocks = new ArrayList<>();
        Map<JsonNode, Integer> starts = new HashMap<>();
        Set<String> names = new HashSet<>();
        Map<String, String> dropped = new LinkedHashMap<>();
        List<int[]> columns = new ArrayList<>();
        int width = 0;
        for (Preprocessor part : parts) {
            int[] places = new int[part.features().size()];
            int next = 0;
            for (Block block : part.blocks()) {
                JsonNode recipe = PreprocessorJson.recipe(block);
                Integer start = starts.get(recipe);
                if (start == null) {
                    start = width;
                    starts.put(recipe, start);
                    blocks.add(Block.of(
                            block.column(),
                            block.type(),
                            block.partner(),
                            block.encoding(),
                            block.refinements(),
                            names));
                    width += block.width();
                }
                for (int i = 0; i < block.width(); i++) {
                    places[next++] = start + i;
                }
            }
            columns.add(places);
            dropped.putAll(part.dropped());
        }
        blocks.forEach(block -> block.inputs().forEach(dropped::remove));
        Preprocessor first = parts.get(0);
        return new PreprocessorUnion(
                new Preprocessor(null, first.target(), first.seed(), first.statistics(), blocks, dropped), columns);
    }
}
