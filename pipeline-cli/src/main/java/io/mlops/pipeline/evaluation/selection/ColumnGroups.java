package io.mlops.pipeline.evaluation.selection;

import io.mlops.pipeline.features.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The features of each column of the table.
 *
 * @param names the columns
 * @param features the places of each one's features in the matrix
 */
record ColumnGroups(List<String> names, List<int[]> features) {
    static ColumnGroups of(List<Feature> features) {
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < features.size(); i++) {
            places.computeIfAbsent(features.get(i).source(), any -> new ArrayList<>())
                    .add(i);
        }
        return new ColumnGroups(
                List.copyOf(places.keySet()),
                places.values().stream()
                        .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                        .toList());
    }

    int size() {
        return names.size();
    }

    /** The places of the features of some columns, in the order of the matrix. */
    int[] places(List<Integer> columns) {
        return columns.stream()
                .flatMapToInt(column -> Arrays.stream(features.get(column)))
                .sorted()
                .toArray();
    }
}
