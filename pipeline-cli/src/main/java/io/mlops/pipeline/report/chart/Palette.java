package io.mlops.pipeline.report.chart;

/**
 * The colours of charts: a light one that is written into the SVG, and the one a page shows instead in dark mode.
 *
 * <p>The series colours follow Okabe and Ito's set for colour-blind readers, darkened or lightened until each has a
 * contrast of at least 3:1 to the background it stands on.
 */
public enum Palette {
    SERIES_1("#0072b2", "#58b6ee"),
    SERIES_2("#c95400", "#ff9f50"),
    SERIES_3("#007d5c", "#35c79d"),
    SERIES_4("#a04f88", "#e59bca"),
    SERIES_5("#7d6b00", "#e3d04f"),
    /** Lines to compare with: chance, perfection, zero. */
    REFERENCE("#858b94", "#848c96"),
    GRID("#e3e6ea", "#2f353d"),
    TEXT("#1f2329", "#e6eaf0"),
    MUTED("#565e68", "#a3acb8"),
    /** Text that stands on a series colour. */
    INVERSE("#fffffe", "#0e1116");

    private final String light;
    private final String dark;

    Palette(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The colour in the SVG, as {@code #rrggbb}. */
    public String light() {
        return light;
    }

    /** The colour in dark mode, as {@code #rrggbb}. */
    public String dark() {
        return dark;
    }

    /** The colour of the n-th series, from 0 on; they repeat after five. */
    static Palette series(int number) {
        return values()[number % 5];
    }
}
