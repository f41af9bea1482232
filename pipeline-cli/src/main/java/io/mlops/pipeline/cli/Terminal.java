package io.mlops.pipeline.cli;

/** Whether a person is looking on, who is shown colours and progress. */
final class Terminal {
    private Terminal() {}

    /** True where stderr is a terminal, as the launcher found out, or where Java sees one; NO_COLOR says no. */
    @SuppressWarnings(
            "SystemConsoleNull") // From Java 22 on a console may exist without a terminal; the launcher decides there.
    static boolean isInteractive() {
        if (System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        String found = System.getenv("MLOPS_TERMINAL");
        return found != null ? found.equals("1") : System.console() != null;
    }
}
