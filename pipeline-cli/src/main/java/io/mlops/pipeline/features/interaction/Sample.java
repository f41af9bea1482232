package io.mlops.pipeline.features.interaction;

import java.util.Map;

/**
 * Some training rows.
 *
 * @param numbers columns of numbers by name, NaN where one is missing
 * @param words columns of categories by name, empty where one is missing
 * @param targets row by row, as many numbers as a target has
 */
public record Sample(Map<String, double[]> numbers, Map<String, String[]> words, double[] targets, int rows) {}
