package io.mlops.pipeline.tracking.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlops.pipeline.tracking.TrackingSettings;
import io.mlops.pipeline.tracking.TrackingSettings.Mode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RepetitionTest {
    private static final MlflowServer SERVER = MlflowServer.find(
                    new TrackingSettings(Mode.SPOOL, "http://localhost:1", null, null, null, Map.of(), 20), Map.of())
            .orElseThrow();

    /** As MLflow 3 answers, where two requests link the same model to a run. */
    private static final MlflowException CROSSED = Answers.failure(
            SERVER,
            "runs/outputs",
            400,
            "{\"error_code\": \"BAD_REQUEST\", \"message\": \"(sqlite3.IntegrityError) UNIQUE constraint failed\"}");

    private static final MlflowException AWAY = Answers.failure(SERVER, "runs/outputs", 503, "later");
    private static final MlflowException WRONG = Answers.failure(SERVER, "runs/outputs", 400, "no such model");

    @Test
    void whatCrossedWithAnotherRequestIsSentAgain() {
        assertThat(Repetition.whileCrossed(failingWith(CROSSED, CROSSED))).isEqualTo("answer");
        assertThat(Repetition.whileAway(failingWith(AWAY, AWAY))).isEqualTo("answer");
    }

    @Test
    void whatFailsOtherwiseIsNot() {
        assertThatThrownBy(() -> Repetition.whileCrossed(failingWith(AWAY))).isSameAs(AWAY);
        assertThatThrownBy(() -> Repetition.whileCrossed(failingWith(WRONG))).isSameAs(WRONG);
        assertThatThrownBy(() -> Repetition.whileAway(failingWith(WRONG))).isSameAs(WRONG);
    }

    @Test
    void whatGoesOnFailingIsRefusedForAPersonToSee() {
        assertThatThrownBy(() -> Repetition.whileCrossed(failingWith(CROSSED, CROSSED, CROSSED)))
                .isSameAs(CROSSED);
        assertThat(CROSSED.kind()).isEqualTo(MlflowException.Kind.REFUSED);
    }

    @Test
    void aNameThatIsTakenIsTakenWhateverTheDatabaseSays() {
        MlflowException taken = Answers.failure(
                SERVER,
                "experiments/create",
                400,
                "{\"error_code\": \"RESOURCE_ALREADY_EXISTS\", \"message\": \"Experiment(name=credit) already exists."
                        + " Error: (sqlite3.IntegrityError) UNIQUE constraint failed\"}");
        assertThat(taken.code()).isEqualTo(MlflowException.EXISTS);
        assertThatThrownBy(() -> Repetition.whileCrossed(failingWith(taken))).isSameAs(taken);
    }

    private static Supplier<String> failingWith(MlflowException... failures) {
        Deque<MlflowException> coming = new ArrayDeque<>(List.of(failures));
        return () -> {
            if (!coming.isEmpty()) {
                throw coming.remove();
            }
            return "answer";
        };
    }
}
