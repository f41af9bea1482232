package io.mlops.pipeline.automl;

import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.features.Feature;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.PreprocessorUnion;
import io.mlops.pipeline.model.TrainedModel;
import io.mlops.pipeline.model.ensemble.Blend;
import io.mlops.pipeline.model.ensemble.EnsembleModel;
import io.mlops.pipeline.model.ensemble.EnsembleModel.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Models with their weights as one model, and the one preprocessor for all of them. */
record Assembled(TrainedModel model, Preprocessor preprocessor) {
    static Assembled of(List<Ensemble.Share> shares, Blend blend, Target target) {
        PreprocessorUnion union = PreprocessorUnion.of(shares.stream()
                .flatMap(share -> share.models().stream())
                .map(FoldModel::preprocessor)
                .toList());
        Preprocessor preprocessor = union.preprocessor();
        List<Feature> features = preprocessor.features();
        List<Member> members = new ArrayList<>();
        int next = 0;
        for (Ensemble.Share share : shares) {
            // In a mean, a share of several models is as many members; elsewhere their mean is one.
            int size = share.models().size();
            boolean one = blend.kind() != Blend.Kind.MEAN && size > 1;
            List<Member> own = new ArrayList<>();
            for (FoldModel model : share.models()) {
                own.add(new Member(
                        model.model(),
                        names(model.preprocessor().features()),
                        union.columns().get(next++),
                        one ? 1.0 / size : share.weight() / size));
            }
            members.addAll(
                    one
                            ? List.of(new Member(
                                    new EnsembleModel(own, target.outputs()),
                                    names(features),
                                    IntStream.range(0, features.size()).toArray(),
                                    share.weight()))
                            : own);
        }
        return new Assembled(new EnsembleModel(members, blend, target.outputs()), preprocessor);
    }

    /** How many models it asks. */
    int size() {
        return model instanceof EnsembleModel ensemble ? size(ensemble) : 1;
    }

    private static int size(EnsembleModel ensemble) {
        return ensemble.members().stream()
                .mapToInt(member -> member.model() instanceof EnsembleModel below ? size(below) : 1)
                .sum();
    }

    private static List<String> names(List<Feature> features) {
        return features.stream().map(Feature::name).toList();
    }
}
