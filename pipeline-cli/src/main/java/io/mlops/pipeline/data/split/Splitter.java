package io.mlops.pipeline.data.split;

import tech.tablesaw.api.Table;

/** Sees every row once, and then knows which ones are set aside. */
public interface Splitter {
    /** Notes the rows of a chunk. */
    void accept(Table chunk);

    /**
     * Decides.
     *
     * @throws io.mlops.pipeline.PipelineException where the rows cannot be divided
     */
    Split finish();
}
