package io.mlops.pipeline.stage;

import io.mlops.pipeline.tracking.RunUpdate;

/** TEMP */
public record StageRecord(RunUpdate.Builder stage, RunUpdate.Builder run) {}
