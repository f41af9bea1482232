package io.mlops.pipeline.tracking.mlflow;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the entries of one run have come. It only saves work: whatever is done again after it was lost is found done.
 *
 * @param sent how many entries the server has
 * @param runs the server's id of each run, by its key
 * @param doubtful when a request that makes something new was sent without an answer, by the key of what it makes;
 *     milliseconds since 1970
 * @param refused what the server would not take, in words
 * @param sending the key of the entry that is on its way; null for none. Whoever finds one of another process knows that
 *     this process ended before it had its answer
 */
@JsonNaming(SnakeCaseStrategy.class)
record Progress(
        int sent,
        Map<String, String> runs,
        Map<String, Long> doubtful,
        List<String> refused,
        @Nullable String sending) {
    Progress {
        runs = new LinkedHashMap<>(runs);
        doubtful = new TreeMap<>(doubtful);
        refused = new ArrayList<>(refused);
    }

    static Progress none() {
        return new Progress(0, Map.of(), Map.of(), List.of(), null);
    }

    /** Notes that a request that makes something new failed; unless it surely did nothing, it may be carried out yet. */
    void doubt(String key, MlflowException failure) {
        if (failure.doubtful()) {
            doubtful.put(key, System.currentTimeMillis());
        }
    }

    /** Refuses to make something again while an earlier request for it may still be carried out. */
    void requireSettled(String key, Duration settling) {
        if (!settled(key, settling)) {
            throw MlflowException.away(
                    "an earlier request to MLflow is without an answer; it is asked again when that has"
                            + " surely been carried out or lost");
        }
    }

    boolean settled(String key, Duration settling) {
        Long at = doubtful.get(key);
        return at == null || System.currentTimeMillis() - at >= settling.toMillis();
    }

    /** Before an entry goes on its way. */
    Progress sending(String key) {
        return new Progress(sent, runs, doubtful, refused, key);
    }

    /** After an entry has arrived, or what is wrong with it is known. */
    Progress sent(int count) {
        return new Progress(count, runs, doubtful, refused, null);
    }

    /** What another process left: the server may yet carry out the last request of a process that is dead. */
    Progress inherited() {
        Progress own = sent(sent);
        if (sending != null) {
            own.doubtful.put(sending, System.currentTimeMillis());
        }
        return own;
    }
}
