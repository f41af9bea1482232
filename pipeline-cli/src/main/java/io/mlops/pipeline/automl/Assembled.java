package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.PreprocessorUnion;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import java.util.ArrayList;
import java.util.List;

/** Models with their weights as one model, and the one preprocessor for all of them. */
record Assembled(TrainedModel model, Preprocessor preprocessor) {
    static Assembled of(List<Ensemble.Share> shares, Target target) {
        PreprocessorUnion union = PreprocessorUnion.of(
                shares.stream().map(share -> share.model().preprocessor()).toList());
        List<EnsembleModel.Member> members = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            FoldModel model = shares.get(i).model();
            members.add(new EnsembleModel.Member(
                    model.model(),
                    model.preprocessor().features().stream().map(Feature::name).toList(),
                    union.columns().get(i),
                    shares.get(i).weight()));
        }
        Preprocessor preprocessor = union.preprocessor();
        return new Assembled(new EnsembleModel(members, preprocessor.features(), target.outputs()), preprocessor);
    }
}
