package io.mlops.pipeline.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Rows;
import io.mlops.pipeline.data.Target;
import io.mlops.pipeline.data.preparation.PreparedData;
import io.mlops.pipeline.features.Preprocessor;
import io.mlops.pipeline.features.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Fits the preprocessor of each view on the training rows. */
public final class PrepareFeaturesStage implements Stage {
    /** The name of this stage. */
    public static final String NAME = "prepare-features";

    /** The file with one fitted preprocessor per view. */
    public static final String PREPROCESSOR = "preprocessor.json";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Inputs inputs(Run run) {
        return new Inputs(
                Map.of(
                        "train", run.outputDigest(PrepareDataStage.NAME, PreparedData.TRAIN),
                        "schema", run.outputDigest(PrepareDataStage.NAME, PreparedData.SCHEMA)),
                Map.of("features", run.config().features()));
    }

    @Override
    public Outcome execute(Run run, Path folder) {
        Rows train = PrepareDataStage.train(run);
        Target target = PrepareDataStage.schema(run).target();
        ObjectNode views = JsonNodeFactory.instance.objectNode();
        Map<String, Object> summary = new LinkedHashMap<>();
        List<String> notes = new ArrayList<>();
        run.progress().begin(NAME, View.values().length);
        for (View view : View.values()) {
            Preprocessor preprocessor = Preprocessor.fit(
                    run.config().features(), view, train, target, run.config().seed());
            views.set(key(view), preprocessor.toJson());
            summary.put(key(view) + "_features", preprocessor.features().size());
            notes.add(preprocessor.features().size() + " features from "
                    + preprocessor.inputs().size() + " columns for " + described(view));
            run.progress().advance(1);
        }
        Json.write(folder.resolve(PREPROCESSOR), views);
        return new Outcome(Map.of(), summary, notes);
    }

    @Override
    public void describe(Run run, Manifest manifest, StageRecord record) {
        FeatureRecord.describe(run, manifest, record);
    }

    /** The fitted preprocessor of a view, from the file that this stage or a user wrote. */
    static Preprocessor read(Path file, View view) {
        try {
            JsonNode views = Json.read(file, JsonNode.class);
            JsonNode chosen = views.get(key(view));
            if (chosen == null) {
                throw PipelineException.data(file + ": has no preprocessor for the view '" + key(view)
                        + "'; write it with 'mlops " + NAME + "'");
            }
            return Preprocessor.fromJson(chosen);
        } catch (IOException e) {
            throw PipelineException.data(file + ": not a preprocessor, or damaged; write it with 'mlops " + NAME + "'");
        }
    }

    private static String key(View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    private static String described(View view) {
        return switch (view) {
            case TREE -> "trees";
            case LINEAR -> "linear models, support vectors and neighbours";
            case NEURAL -> "neural networks";
        };
    }
}
