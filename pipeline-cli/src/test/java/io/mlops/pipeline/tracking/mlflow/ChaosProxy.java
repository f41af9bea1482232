package io.mlops.pipeline.tracking.mlflow;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Stands before a server and drops, delays, cuts, fails and doubles requests at random. */
final class ChaosProxy implements AutoCloseable {
    /** What becomes of a request. */
    enum Fate {
        PASS,
        /** Never reaches the server. */
        DROP,
        /** Reaches it after the client has given up. */
        DELAY,
        /** Reaches it; the answer does not come back. */
        CUT,
        /** Reaches it; half of the answer comes back. */
        HALF,
        /** Reaches it twice. */
        DOUBLE,
        /** Is answered 503 and never reaches the server. */
        FAIL_BEFORE,
        /** Reaches the server, and is answered 500. */
        FAIL_AFTER
    }

    private final ServerSocket socket;
    private final int target;
    private final SplittableRandom random;
    private final int delayMillis;
    private final Map<Fate, Integer> fates = new EnumMap<>(Fate.class);
    private final List<Fate> coming = new ArrayList<>();
    private final Map<String, Fate> arranged = new HashMap<>();
    private volatile int percent;
    private volatile String host;

    /**
     * @param percent how many of a hundred requests meet with something
     * @param delayMillis how late a request may arrive
     */
    ChaosProxy(int target, long seed, int percent, int delayMillis) throws IOException {
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        this.random = new SplittableRandom(seed);
        this.percent = percent;
        this.host = "127.0.0.1:" + target;
        this.delayMillis = delayMillis;
        Thread thread = new Thread(this::accept, "chaos");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Has the server see requests for another host. */
    void askFor(String otherHost) {
        host = otherHost;
    }

    /** Has the next request with a text in it meet with something, as late as can be. */
    void meet(String text, Fate fate) {
        synchronized (fates) {
            arranged.put(text, fate);
        }
    }

    void calm() {
        percent = 0;
    }

    Map<Fate, Integer> fates() {
        synchronized (fates) {
            return new EnumMap<>(fates);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread thread = new Thread(() -> serve(client), "chaos-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    /** One request a connection, so that the fate of one is not the fate of the next. */
    private void serve(Socket client) {
        try (client) {
            byte[] request = message(client.getInputStream());
            if (request == null) {
                return;
            }
            Fate arranged = arranged(request);
            int late = arranged == null ? delay() : delayMillis;
            switch (arranged == null ? fate() : arranged) {
                case PASS -> answer(client, forward(request));
                case DROP -> {}
                case DELAY -> {
                    Thread.sleep(late);
                    answer(client, forward(request));
                }
                case CUT -> forward(request);
                case HALF -> {
                    byte[] answer = forward(request);
                    client.getOutputStream().write(answer, 0, answer.length / 2);
                }
                case DOUBLE -> {
                    forward(request);
                    answer(client, forward(request));
                }
                case FAIL_BEFORE -> answer(client, failure(503));
                case FAIL_AFTER -> {
                    forward(request);
                    answer(client, failure(500));
                }
            }
        } catch (IOException e) {
            // The client or the server has gone: that is what this is for.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Fate arranged(byte[] request) {
        String text = new String(request, StandardCharsets.UTF_8);
        synchronized (fates) {
            return arranged.keySet().stream()
                    .filter(text::contains)
                    .findFirst()
                    .map(arranged::remove)
                    .orElse(null);
        }
    }

    private Fate fate() {
        synchronized (fates) {
            Fate fate = Fate.PASS;
            if (random.nextInt(100) < percent) {
                fate = next();
            }
            fates.merge(fate, 1, Integer::sum);
            return fate;
        }
    }

    /** Each fate but passing once, in an order of chance, before one comes again: few requests see all of them. */
    private Fate next() {
        if (coming.isEmpty()) {
            coming.addAll(EnumSet.complementOf(EnumSet.of(Fate.PASS)));
            Collections.shuffle(coming, new Random(random.nextLong()));
        }
        return coming.remove(coming.size() - 1);
    }

    private int delay() {
        synchronized (fates) {
            return random.nextInt(delayMillis);
        }
    }

    private byte[] forward(byte[] request) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server.getOutputStream().write(request);
            server.getOutputStream().flush();
            return server.getInputStream().readAllBytes();
        }
    }

    private static void answer(Socket client, byte[] answer) throws IOException {
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
    }

    private static byte[] failure(int status) {
        return ("HTTP/1.1 " + status + " Chaos\r\nContent-Length: 5\r\nConnection: close\r\n\r\nchaos")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A whole request, told to close its connection; null where the client has gone. */
    private byte @Nullable [] message(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        StringBuilder kept = new StringBuilder();
        int length = 0;
        for (String line : head.toString().split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            if (lower.startsWith("host:")) {
                kept.append("Host: ").append(host).append("\r\n");
            } else if (!lower.startsWith("connection:")) {
                kept.append(line).append("\r\n");
            }
        }
        kept.append("Connection: close\r\n\r\n");
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException();
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(kept.toString().getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
