package io.mlops.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class WorkersTest {
    @Test
    void whatTheWorkThrewIsWhatItsWaiterGets() {
        RuntimeException own = PipelineException.data("bad rows");
        assertThat(Workers.failure(new ExecutionException(own))).isSameAs(own);
        Error error = new OutOfMemoryError();
        assertThatThrownBy(() -> Workers.failure(new ExecutionException(error))).isSameAs(error);
        IOException checked = new IOException("gone");
        assertThat(Workers.failure(new ExecutionException(checked))).hasCause(checked);
    }
}
