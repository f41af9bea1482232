package io.mlops.pipeline.data.validation;

import io.mlops.pipeline.PipelineException;
import io.mlops.pipeline.data.DataSettings.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds a table against the expectations for it as a whole. */
public final class TableRules {
    private TableRules() {}

    /** What the table violates. */
    public static List<Violation> check(List<Expectation> expectations, TableFacts facts) {
        List<Violation> violations = new ArrayList<>();
        for (Expectation expectation : expectations) {
            double bound = expectation.value();
            switch (expectation.rule()) {
                case "min_rows" -> {
                    if (facts.rows() < bound) {
                        violations.add(counted(expectation, facts.rows(), "usable rows, fewer than the expected"));
                    }
                }
                case "max_rows" -> {
                    if (facts.rows() > bound) {
                        violations.add(counted(expectation, facts.rows(), "usable rows, more than the expected"));
                    }
                }
                case "max_duplicates" ->
                    most(
                            violations,
                            expectation,
                            facts.duplicates(),
                            facts.duplicateShare(),
                            "rows repeat another one");
                case "max_rejected" ->
                    most(
                            violations,
                            expectation,
                            facts.rowsRead() - facts.rows(),
                            facts.rejectedShare(),
                            "rows cannot be used");
                case "max_missing" ->
                    most(violations, expectation, facts.missing(), facts.missingShare(), "cells are missing");
                case "max_junk" ->
                    most(violations, expectation, facts.junk(), facts.junkShare(), "cells are not of their type");
                case "min_class_share" -> rarest(violations, expectation, facts);
                default ->
                    throw PipelineException.usage(
                            "data.expectations: '" + expectation.rule() + "' is no rule; there are "
                                    + "min_rows, max_rows, max_duplicates, max_rejected, max_missing, max_junk and"
                                    + " min_class_share");
            }
        }
        return violations;
    }

    private static Violation counted(Expectation expectation, long count, String what) {
        String message = String.format(Locale.ROOT, "%,d %s %s", count, what, Numbers.text(expectation.value()));
        return violation(expectation, count, 1, message);
    }

    private static void most(
            List<Violation> violations, Expectation expectation, long count, double share, String what) {
        if (share > expectation.value()) {
            String message = String.format(
                    Locale.ROOT,
                    "%,d %s (%s); at most %s may",
                    count,
                    what,
                    Offences.percent(share),
                    Offences.percent(expectation.value()));
            violations.add(violation(expectation, count, share, message));
        }
    }

    private static void rarest(List<Violation> violations, Expectation expectation, TableFacts facts) {
        if (facts.rarestClassShare() >= expectation.value()) {
            return;
        }
        Map.Entry<String, Long> rarest = facts.classes().entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow();
        String message = String.format(
                Locale.ROOT,
                "class '%s' has %,d rows (%s); every class should have at least %s",
                rarest.getKey(),
                rarest.getValue(),
                Offences.percent(facts.rarestClassShare()),
                Offences.percent(expectation.value()));
        violations.add(violation(expectation, rarest.getValue(), facts.rarestClassShare(), message));
    }

    private static Violation violation(Expectation expectation, long count, double share, String message) {
        return new Violation(null, expectation.rule(), count, share, List.of(), expectation.severity(), message);
    }
}
