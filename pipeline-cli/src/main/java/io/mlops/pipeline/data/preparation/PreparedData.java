package io.mlops.pipeline.data.preparation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.SchemaJson;
import io.mlops.pipeline.data.profile.Profile;
import io.mlops.pipeline.data.store.TableFile;
import io.mlops.pipeline.data.validation.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What prepare-data leaves in its folder.
 *
 * @param train the rows to learn from
 * @param test the rows set aside; none where the split says so
 * @param profile what the training rows look like
 * @param classes how many usable rows have each label, training and test; empty where the target is a number
 */
public record PreparedData(
        PreparedSchema schema,
        TableFile train,
        TableFile test,
        Profile profile,
        Validation validation,
        Map<String, Long> classes) {
    public static final String TRAIN = "train.arrow";
    public static final String TEST = "test.arrow";
    public static final String REJECTED = "rejected.csv";
    public static final String PROFILE = "profile.json";
    public static final String VALIDATION = "validation.json";
    public static final String SCHEMA = "schema.json";

    /**
     * How the rows in a folder were read.
     *
     * @throws PipelineException where the folder does not hold that
     */
    public static PreparedSchema readSchema(Path folder) {
        return read(folder.resolve(SCHEMA), PreparedSchema.class);
    }

    /**
     * The profile in a folder.
     *
     * @throws PipelineException where the folder does not hold one
     */
    public static Profile readProfile(Path folder) {
        return read(folder.resolve(PROFILE), Profile.class);
    }

    /**
     * The findings of the gate in a folder.
     *
     * @throws PipelineException where the folder does not hold any
     */
    public static Validation readValidation(Path folder) {
        return read(folder.resolve(VALIDATION), Validation.class);
    }

    private static <T> T read(Path file, Class<T> type) {
        try {
            return SchemaJson.MAPPER.readValue(Files.readAllBytes(file), type);
        } catch (IOException e) {
            throw new PipelineException(
                    PipelineException.Kind.DATA, file + " is missing or damaged; run prepare-data again", e);
        }
    }
}
