package io.mlops.pipeline.bundle;

import io.mlops.pipeline.data.Target;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code bundle.json} of a bundle; its own SHA-256 names the bundle, since it lists that of every other file.
 *
 * @param formatVersion the layout of the folder
 * @param name what the bundle is called
 * @param learner the family of its model
 * @param target what it predicts
 * @param provenance where it comes from
 * @param files the SHA-256 of every file, by its path within the folder, with forward slashes
 */
record BundleIndex(
        int formatVersion,
        String name,
        String learner,
        Target target,
        Provenance provenance,
        SortedMap<String, String> files) {
    BundleIndex {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
