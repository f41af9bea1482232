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

    @Test
    void whatIsRememberedTwiceHappenedOnce() {
        RegistryState state = RegistryState.of(
                "credit",
                List.of(
                        registered(1, "2026-01-01T03:00:00Z"),
                        promoted(1, "2026-01-01T03:00:01Z"),
                        registered(2, "2026-01-02T03:00:00Z"),
                        registered(2, "2026-01-02T03:00:01Z"),
                        promoted(2, "2026-01-02T03:00:02Z"),
                        promoted(2, "2026-01-02T03:00:03Z")));

        assertThat(state.versions()).extracting(ModelVersion::number).containsExactly(1, 2);
        assertThat(RegistryState.championToReturnTo("credit", state.champions()))
                .isEqualTo(1);
    }

    private static HistoryEntry registered(int version, String at) {
        return entry(Action.REGISTERED, version, ModelRegistry.CHALLENGER, at);
    }

    private static HistoryEntry promoted(int version, String at) {
        return entry(Action.PROMOTED, version, ModelRegistry.CHAMPION, at);
    }

    private static HistoryEntry entry(Action action, int version, String alias, String at) {
        return new HistoryEntry(at, action, version, alias, null, "run", "not compared", null, null, null, null);
    }
}
