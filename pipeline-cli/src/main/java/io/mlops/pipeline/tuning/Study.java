package io.mlops.pipeline.tuning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.files.LineFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search, in memory or in a file of one JSON object a line that is only ever added to: a search that was
 * killed goes on from it.
 */
public final class Study {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final @Nullable LineFile file;
    private final List<Trial> trials = new ArrayList<>();

    private Study(@Nullable LineFile file) {
        this.file = file;
    }

    /** A study that is not written down. */
    public static Study inMemory() {
        return new Study(null);
    }

    /** Opens the study of a file, new where there is none. */
    public static Study open(Path path) {
        Study study = new Study(new LineFile(path));
        study.trials.addAll(read(path));
        return study;
    }

    /** The trials of a file; none where there is none. */
    public static List<Trial> read(Path path) {
        List<Trial> read = new ArrayList<>();
        try {
            for (String line : new LineFile(path).read()) {
                read.add(JSON.readValue(line, Trial.class));
            }
        } catch (JsonProcessingException e) {
            throw damaged(path, "line " + (read.size() + 1) + " is no trial");
        } catch (IOException e) {
            throw damaged(path, e.toString());
        }
        for (int i = 0; i < read.size(); i++) {
            if (read.get(i).number() != i) {
                throw damaged(
                        path, "line " + (i + 1) + " holds trial " + read.get(i).number());
            }
        }
        return read;
    }

    private static PipelineException damaged(Path path, String detail) {
        return PipelineException.data(
                "the study " + path + " cannot be read: " + detail + "; remove it to search anew");
    }

    /** The trials so far, by their number. */
    public List<Trial> trials() {
        return List.copyOf(trials);
    }

    /** Adds the next trial; it is on the disk when this returns, unless it would be measured further another time. */
    void add(Trial trial) {
        if (trial.number() != trials.size()) {
            throw new IllegalArgumentException("trial " + trial.number() + " follows " + trials.size());
        }
        if (file != null && trial.status() != Trial.Status.CUT_SHORT) {
            try {
                file.append(line(trial));
            } catch (IOException e) {
                throw PipelineException.temporary(
                        "cannot write the study " + file.file() + ": " + e + "; the trials before it are kept");
            }
        }
        trials.add(trial);
    }

    /** The trials as the lines of a file. */
    public static String lines(List<Trial> trials) {
        StringBuilder lines = new StringBuilder();
        trials.forEach(trial -> lines.append(line(trial)).append('\n'));
        return lines.toString();
    }

    private static String line(Trial trial) {
        try {
            return JSON.writeValueAsString(trial);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The best trial that was measured to the end; the first of equal ones. */
    public static Optional<Trial> best(List<Trial> trials, boolean greaterIsBetter) {
        return ranked(trials, greaterIsBetter).stream().findFirst();
    }

    /** The trials that were measured to the end, the best first. */
    public static List<Trial> ranked(List<Trial> trials, boolean greaterIsBetter) {
        Comparator<Trial> byValue = Comparator.comparingDouble(trial -> value(trial, greaterIsBetter));
        return trials.stream().filter(Trial::isFinished).sorted(byValue).toList();
    }

    private static double value(Trial trial, boolean greaterIsBetter) {
        Double value = trial.value();
        return value == null ? Double.POSITIVE_INFINITY : greaterIsBetter ? -value : value;
    }
}
