package io.mlops.pipeline.evaluation;

/**
 * What the most probable rows hold in a binary task; one of ten.
 *
 * @param rows the share of rows taken, the most probable first: 0.1, 0.2, …
 * @param found the share of all positive rows that is among them
 * @param lift how many times more of them are positive than of all rows
 */
public record GainPoint(double rows, double found, double lift) {}
