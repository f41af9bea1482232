package io.mlops.pipeline.cli;

import io.mlops.pipeline.progress.Progress;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * While a search for models is under way, a signal asks it to end with the best so far. The next signal ends the process
 * as always.
 */
final class EarlyEnd implements Progress {
    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Progress shown;
    private final Console console;
    private final String task;
    private final List<String> signals;
    private final Map<Object, Object> before = new LinkedHashMap<>();
    private volatile boolean ending;

    /**
     * Makes one.
     *
     * @param task the one that can end early
     * @param signals such as {@code INT}
     */
    EarlyEnd(Progress shown, Console console, String task, List<String> signals) {
        this.shown = shown;
        this.console = console;
        this.task = task;
        this.signals = List.copyOf(signals);
    }

    @Override
    public synchronized void begin(String newTask, long total) {
        release();
        if (newTask.equals(task)) {
            signals.forEach(this::take);
        }
        shown.begin(newTask, total);
    }

    @Override
    public void advance(long done) {
        shown.advance(done);
    }

    @Override
    public synchronized void end() {
        release();
        shown.end();
    }

    @Override
    public boolean isEnding() {
        return ending;
    }

    // The classes are part of every JDK's module jdk.unsupported, but the compiler warns of their names.
    private void take(String name) {
        try {
            Class<?> handler = Class.forName(HANDLER);
            Object signal = Class.forName(SIGNAL).getConstructor(String.class).newInstance(name);
            Object own = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            asked();
                        }
                        return null;
                    });
            before.put(signal, handle(signal, own));
        } catch (ReflectiveOperationException e) {
            console.warn("signals are not heard: " + e);
        }
    }

    private synchronized void asked() {
        ending = true;
        release();
        console.warn("ending with the best model so far; the same signal again ends without one");
    }

    private void release() {
        before.forEach((signal, handler) -> {
            try {
                handle(signal, handler);
            } catch (ReflectiveOperationException e) {
                console.warn("signals are not heard: " + e);
            }
        });
        before.clear();
    }

    private static Object handle(Object signal, Object handler)
            throws ClassNotFoundException, NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return Class.forName(SIGNAL)
                .getMethod("handle", Class.forName(SIGNAL), Class.forName(HANDLER))
                .invoke(null, signal, handler);
    }
}
