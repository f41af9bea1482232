package io.mlops.pipeline.model.xgboost;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.model.Deadline;
import io.mlops.pipeline.model.FitContext;
import io.mlops.pipeline.model.Generated;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.LearnerContract;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.TrainingSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class XgboostTest implements LearnerContract<XgboostParameters> {
    @Override
    public Learner<XgboostParameters> learner() {
        return new Xgboost();
    }

    @Override
    public XgboostParameters quick(Task task) {
        return learner().defaults(task).withFixedRounds(60);
    }

    @Test
    void endsAtTheDeadlineWithTheRoundsItHas() {
        TrainingSet rows = Generated.rows(Task.BINARY, learner().view(), 2_000, 1);
        XgboostParameters endless = learner().defaults(Task.BINARY).withFixedRounds(100_000);
        Deadline soon = Deadline.after(Duration.ofMillis(500));
        TrainedModel model = learner().fit(endless, rows, null, new FitContext(7, 1, soon));
        assertThat(soon.passed()).isTrue();
        assertThat(((TreeModel) model).rounds()).isBetween(2, 50_000);
    }
}
