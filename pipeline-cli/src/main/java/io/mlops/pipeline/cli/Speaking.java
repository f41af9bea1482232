package io.mlops.pipeline.cli;

/** A command with a console of its own. */
interface Speaking {
    Console console();
}
