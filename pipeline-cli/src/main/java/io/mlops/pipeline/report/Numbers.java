package io.mlops.pipeline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
    private Numbers() {}

    /** With about four digits that matter: {@code 0.8412}, {@code 12,300}, {@code 1.2e-7}. */
    static String value(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e9)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
        if (size >= 1000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        String plain = rounded.stripTrailingZeros().toPlainString();
        return plain.equals("-0") ? "0" : plain;
    }

    /** With about two digits that matter, for numbers that are only compared: {@code 0.031}. */
    static String rough(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size >= 1e9 || (size != 0 && size < 1e-4)) {
            return value(value);
        }
        if (size >= 100) {
            return fixed(value, 0);
        }
        String plain = new BigDecimal(value)
                .round(new MathContext(2, RoundingMode.HALF_EVEN))
                .toPlainString();
        return size == 0 ? "0" : plain;
    }

    /** A value with its deviation, neither with more digits than the deviation allows: {@code 0.820 ± 0.011}. */
    static String spread(double value, double deviation) {
        double size = Math.abs(deviation);
        if (!Double.isFinite(value) || !Double.isFinite(deviation) || size < 1e-4 || Math.abs(value) >= 1e9) {
            return value(value) + " ± " + value(deviation);
        }
        int decimals = Math.max(0, 1 - (int) Math.floor(Math.log10(size)));
        return fixed(value, decimals) + " ± " + fixed(deviation, decimals);
    }

    /** A metric between 0 and 1, or any other number. */
    static String metric(double value) {
        return metric(value, value);
    }

    /** A number beside a metric of the given size: with as many decimals as that has. */
    static String metric(double value, double like) {
        double size = Math.abs(like);
        if (!Double.isFinite(value) || !(size < 1e9) || (size != 0 && size < 1e-3)) {
            return value(value);
        }
        return fixed(value, size < 0.1 ? 4 : size < 10 ? 3 : size < 100 ? 2 : size < 1000 ? 1 : 0);
    }

    private static String fixed(double value, int decimals) {
        return String.format(
                Locale.ROOT, "%,." + decimals + "f", new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN));
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 row}, {@code 20 rows}. */
    static String count(long count, String one) {
        return count(count) + " " + (count == 1 ? one : one + "s");
    }

    /** A share as percent; never 0 % or 100 % unless it is exactly that. */
    static String percent(double share) {
        if (!Double.isFinite(share)) {
            return "–";
        }
        if (share > 0 && share < 0.001) {
            return "< 0.1 %";
        }
        if (share < 1 && share > 0.999) {
            return "> 99.9 %";
        }
        double percent = share * 100;
        boolean whole = percent == Math.rint(percent) || (percent >= 20 && percent <= 80);
        return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
    }

    static String seconds(double seconds) {
        if (seconds >= 120) {
            long whole = Math.round(seconds);
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return seconds < 1
                ? String.format(Locale.ROOT, "%.0f ms", seconds * 1000)
                : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
