package io.mlops.pipeline.features.step;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One fitted operation on one or two columns; a record whose components are its JSON.
 *
 * <p>The first step of a column is an {@link Encoding}, which turns cells into numbers, or that of two columns a {@link
 * Join}, which an encoding follows; any further one is a {@link Refinement} of these numbers. All arithmetic is in double
 * precision.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
public sealed interface Step permits Join, Encoding, Refinement {}
