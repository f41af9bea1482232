package io.mlops.pipeline.cli;

import io.mlops.pipeline.progress.Progress;
import java.io.PrintStream;
import java.util.Locale;

/** A progress line on a terminal, rewritten in place at most ten times a second. */
final class TerminalProgress implements Progress {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int WIDTH = 24;

    private final PrintStream out;
    private String task = "";
    private long total;
    private long done;
    private long started;
    private long shown;
    private int length;

    TerminalProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void begin(String newTask, long newTotal) {
        clear();
        task = newTask;
        total = newTotal;
        done = 0;
        started = System.nanoTime();
        show();
    }

    @Override
    public synchronized void advance(long more) {
        done += more;
        if (System.nanoTime() - shown > PAUSE_NANOS) {
            show();
        }
    }

    @Override
    public synchronized void end() {
        clear();
        task = "";
    }

    private void show() {
        if (task.isEmpty()) {
            return;
        }
        shown = System.nanoTime();
        double seconds = (shown - started) / 1e9;
        String line;
        if (total > 0) {
            int filled = (int) (WIDTH * Math.min(done, total) / total);
            line = String.format(
                    Locale.ROOT,
                    "  %-28s [%s%s] %3d %% %.0f s",
                    task,
                    "#".repeat(filled),
                    ".".repeat(WIDTH - filled),
                    100 * Math.min(done, total) / total,
                    seconds);
        } else {
            String counted = done == 0 ? "" : String.format(Locale.ROOT, "%,d  ", done);
            line = String.format(Locale.ROOT, "  %-28s %s%.0f s", task, counted, seconds);
        }
        out.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
        out.flush();
        length = line.length();
    }

    private void clear() {
        if (length > 0) {
            out.print("\r" + " ".repeat(length) + "\r");
            out.flush();
            length = 0;
        }
    }
}
