package io.mlops.pipeline.data.inference;

import io.mlops.pipeline.data.DateFormat;
import io.mlops.pipeline.data.DateTimes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which formats of dates the texts of a column have. */
final class DateEvidence {
    /** Where two formats fit equally, the one that puts the rows in order is taken, then the earlier one. */
    private static final List<String> FORMATS = formats();

    /** After so many texts, formats that fit fewer than half of them are given up. */
    private static final int TRIAL = 256;

    private static final Set<String> MONTHS =
            Set.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final int SHORTEST = 6;
    private static final int LONGEST = 40;

    private @Nullable List<Candidate> candidates;
    private long tested;
    private boolean ended;

    private static final class Candidate {
        final String format;
        final DateFormat parser;
        final boolean words;
        long fitting;
        long first = DateTimes.MISSING;
        long last = DateTimes.MISSING;
        long latest = DateTimes.MISSING;
        long digest;
        boolean ordered = true;

        Candidate(String format) {
            this.format = format;
            this.parser = DateFormat.of(format);
            this.words = format.contains("MMM") || format.endsWith("a");
        }

        void test(char[] buffer, int offset, int length) {
            long time = parser.parse(buffer, offset, length);
            if (time == DateTimes.MISSING) {
                return;
            }
            fitting++;
            ordered &= time >= latest;
            latest = time;
            digest = digest * 31 + time;
            first = first == DateTimes.MISSING ? time : Math.min(first, time);
            last = Math.max(last, time);
        }
    }

    /**
     * A format that fits.
     *
     * @param ordered whether no date is earlier than the one before it
     * @param alternative another format that fits as well and means other days
     */
    record Fit(
            String format,
            long fitting,
            long first,
            long last,
            boolean ordered,
            @Nullable String alternative) {}

    private static List<String> formats() {
        List<String> all = new ArrayList<>(List.of("iso"));
        for (String day : List.of(
                "yyyy/M/d",
                "yyyy.M.d",
                "d.M.yyyy",
                "M/d/yyyy",
                "d/M/yyyy",
                "d-M-yyyy",
                "M-d-yyyy",
                "d.M.yy",
                "M/d/yy",
                "d/M/yy",
                "d-M-yy")) {
            for (String time : List.of("", " H:mm", " H:mm:ss")) {
                all.add(day + time);
            }
        }
        for (String day : List.of("M/d/yyyy", "d/M/yyyy")) {
            all.add(day + " h:mm a");
            all.add(day + " h:mm:ss a");
        }
        all.addAll(List.of(
                "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMM d, yyyy", "MMMM d, yyyy", "d MMMM yyyy", "dd/MMM/yyyy"));
        return List.copyOf(all);
    }

    /** Tests one text that is no number. */
    void add(char[] buffer, int offset, int length) {
        if (ended) {
            return;
        }
        tested++;
        if (length >= SHORTEST && length <= LONGEST && isPlausible(buffer, offset)) {
            if (candidates == null) {
                candidates =
                        new ArrayList<>(FORMATS.stream().map(Candidate::new).toList());
            }
            boolean words = hasLetter(buffer, offset, length);
            for (Candidate candidate : candidates) {
                if (words || !candidate.words) {
                    candidate.test(buffer, offset, length);
                }
            }
        }
        if (tested == TRIAL) {
            if (candidates != null) {
                candidates.removeIf(candidate -> candidate.fitting * 2 < TRIAL);
            }
            ended = candidates == null || candidates.isEmpty();
        }
    }

    /** Whether a text of at least {@link #SHORTEST} characters starts as dates do: with a digit or a month. */
    private static boolean isPlausible(char[] buffer, int offset) {
        char first = buffer[offset];
        return (first >= '0' && first <= '9')
                || MONTHS.contains(new String(buffer, offset, 3).toLowerCase(Locale.ROOT));
    }

    private static boolean hasLetter(char[] buffer, int offset, int length) {
        for (int position = offset; position < offset + length; position++) {
            if (Character.isLetter(buffer[position])) {
                return true;
            }
        }
        return false;
    }

    /** The format that most texts have, or null where none has. */
    @Nullable Fit best() {
        if (candidates == null) {
            return null;
        }
        Candidate best = candidates.stream()
                .filter(candidate -> candidate.fitting > 0)
                .max(Comparator.comparingLong((Candidate candidate) -> candidate.fitting)
                        .thenComparing(candidate -> candidate.ordered)
                        .thenComparing(candidate -> -FORMATS.indexOf(candidate.format)))
                .orElse(null);
        if (best == null) {
            return null;
        }
        String alternative = candidates.stream()
                .filter(other -> other != best && other.fitting == best.fitting)
                .filter(other -> other.digest != best.digest)
                .map(other -> other.format)
                .findFirst()
                .orElse(null);
        return new Fit(best.format, best.fitting, best.first, best.last, best.ordered, alternative);
    }
}
