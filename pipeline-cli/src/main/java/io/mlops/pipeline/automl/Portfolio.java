package io.mlops.pipeline.automl;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.Task;
import io.mlops.pipeline.features.FeatureSettings;
import io.mlops.pipeline.features.View;
import io.mlops.pipeline.features.ViewSettings;
import io.mlops.pipeline.model.Learner;
import io.mlops.pipeline.model.catalog.Learners;
import io.mlops.pipeline.model.space.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The models worth trying, in the order that gives the best result at any time; read from {@code portfolio.json}. */
final class Portfolio {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Portfolio() {}

    /**
     * One line of the file.
     *
     * @param params hyperparameters that differ from the family's defaults
     * @param classification those that do for classes only
     * @param regression those that do for numbers only
     * @param view settings of the family's view that differ from the user's
     * @param mostRows null where any number of rows is learned from
     * @param share see {@link Candidate}; null for the usual one
     * @param source where the values come from
     */
    record Entry(
            String name,
            String family,
            @Nullable Map<String, Object> params,
            @Nullable Map<String, Object> classification,
            @Nullable Map<String, Object> regression,
            @Nullable Map<String, Object> view,
            @Nullable Integer mostRows,
            @Nullable Double share,
            String source) {}

    /** The usual share of the search's time that one candidate may take. */
    private static final double SHARE = 0.25;

    /**
     * The candidates for a task.
     *
     * @param features the user's settings, which the candidates' views are made from
     * @param families those that are wanted; all where empty
     * @throws PipelineException of kind USAGE where a family is not one of the portfolio's, or none can do the task
     */
    static List<Candidate<?>> of(Task task, FeatureSettings features, List<String> families) {
        check(families);
        List<Candidate<?>> candidates = new ArrayList<>();
        for (Entry entry : read()) {
            Learner<?> learner = Learners.named(entry.family());
            if (learner.tasks().contains(task) && (families.isEmpty() || families.contains(entry.family()))) {
                candidates.add(candidate(entry, learner, task, features));
            }
        }
        if (candidates.isEmpty()) {
            throw PipelineException.usage("automl.families: none of " + String.join(", ", families)
                    + " learns a target of this kind; name others, or none for all");
        }
        return candidates;
    }

    /** Refuses families that are not tried at all. */
    static void check(List<String> families) {
        TreeSet<String> known = new TreeSet<>(read().stream().map(Entry::family).toList());
        families.forEach(family -> {
            if (!known.contains(family)) {
                throw PipelineException.usage("automl.families: '" + family + "' is not one of the families that are"
                        + " tried, which are " + String.join(", ", known));
            }
        });
    }

    private static List<Entry> read() {
        try (InputStream file = Portfolio.class.getResourceAsStream("portfolio.json")) {
            return JSON.readValue(file, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <P extends Record> Candidate<P> candidate(
            Entry entry, Learner<P> learner, Task task, FeatureSettings features) {
        P parameters = with(learner.defaults(task), entry.params());
        return new Candidate<>(
                entry.name(),
                learner,
                with(parameters, task.isClassification() ? entry.classification() : entry.regression()),
                withView(features, learner.view(), entry.view()),
                entry.mostRows() == null ? Integer.MAX_VALUE : entry.mostRows(),
                entry.share() == null ? SHARE : entry.share());
    }

    private static <R extends Record> R with(R record, @Nullable Map<String, Object> others) {
        return others == null ? record : Overlay.on(record, others);
    }

    private static FeatureSettings withView(FeatureSettings features, View view, @Nullable Map<String, Object> others) {
        ViewSettings changed = with(features.view(view), others);
        return new FeatureSettings(
                view == View.TREE ? changed : features.tree(),
                view == View.LINEAR ? changed : features.linear(),
                view == View.NEURAL ? changed : features.neural(),
                features.columns(),
                features.select());
    }
}
