package io.mlops.pipeline.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.tracking.HistoryEntry.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegistryStateTest {
    @Test
    void versionsAreInOrderWhereTwoRunsWereRememberedTheOtherWayRound() {
        RegistryState state = RegistryState.of(
                "credit",
                List.of(
                        registered(1, "2026-01-01T03:00:00Z"),
                        registered(3, "2026-01-02T03:00:00Z"),
                        registered(2, "2026-01-02T03:00:01Z")));

        assertThat(state.versions()).extracting(ModelVersion::number).containsExactly(1, 2, 3);
        assertThat(state.newest()).isEqualTo(3);
    }

    private static HistoryEntry registered(int version, String at) {
        return new HistoryEntry(
                at,
                Action.REGISTERED,
                version,
                ModelRegistry.CHALLENGER,
                null,
                "run",
                "not compared",
                null,
                null,
                null,
                null);
    }
}
