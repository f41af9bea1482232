package io.mlops.pipeline.stage;

import io.mlops.pipeline.bundle.Explainer.Reason;
import io.mlops.pipeline.data.CellTexts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reasons for predictions as cells of a file: once as JSON, once as a sentence.
 *
 * @param cells the rows that were predicted
 * @param classes whether a class is explained, or else a value
 */
record ReasonCells(CellTexts cells, boolean classes) {
    private static final MathContext DIGITS = new MathContext(3);

    /** {@code [{"column":"age","value":61,"log_odds":0.82,"probability":0.118}]}. */
    String json(List<Reason> reasons, int row) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Reason reason : reasons) {
            Map<String, @Nullable Object> each = new LinkedHashMap<>();
            each.put("column", reason.column());
            each.put("value", value(reason.column(), row));
            if (classes) {
                each.put("log_odds", (float) reason.effect());
                each.put("probability", (float) reason.probability());
            } else {
                each.put("effect", (float) reason.effect());
            }
            all.add(each);
        }
        return Json.line(all);
    }

    private @Nullable Object value(String column, int row) {
        String text = cells.of(column, row);
        if (text.isEmpty()) {
            return null;
        }
        return cells.isNumeric(column) ? new BigDecimal(text) : text;
    }

    /** {@code age = 61 (+0.82 log-odds, +11.8 points of probability); income missing (…)}. */
    String text(List<Reason> reasons, int row) {
        List<String> parts = new ArrayList<>();
        for (Reason reason : reasons) {
            String value = cells.of(reason.column(), row);
            String effect = classes
                    ? String.format(
                            Locale.ROOT,
                            "%+.2f log-odds, %+.1f points of probability",
                            unlessNothing(reason.effect(), 0.005),
                            unlessNothing(100 * reason.probability(), 0.05))
                    : signed(reason.effect());
            parts.add(reason.column() + (value.isEmpty() ? " missing" : " = " + value) + " (" + effect + ")");
        }
        return String.join("; ", parts);
    }

    /** What is written as zero is zero: not less than nothing. */
    private static double unlessNothing(double effect, double shown) {
        return Math.abs(effect) < shown ? 0 : effect;
    }

    private static String signed(double effect) {
        return (effect > 0 ? "+" : "")
                + new BigDecimal(effect).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
