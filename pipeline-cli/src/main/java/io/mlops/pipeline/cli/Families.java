package io.mlops.pipeline.cli;

import io.mlops.pipeline.automl.Automl;
import io.mlops.pipeline.automl.FamilyEnsemble;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import java.util.ArrayList;

/** The names of the model families and of what combines or chooses among them, for help and completion. */
final class Families extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Families() {
        super(Learners.all().stream().map(Learner::name).toList());
        add(FamilyEnsemble.NAME);
        add(Automl.NAME);
    }
}
