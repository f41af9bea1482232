package io.mlops.pipeline.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeTrainingTest {
    @Test
    void keepsHistogramsInThirtyTwoMegabytesButThoseOfAShallowTreeAlways() {
        assertThat(NativeTraining.keptNodes(8, 256)).isEqualTo(1024);
        assertThat(NativeTraining.keptNodes(2_000, 256)).isEqualTo(128);
        assertThat(NativeTraining.keptNodes(0, 2)).isEqualTo(1 << 20);
    }
}
