package io.patchbay.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sends one HTTP request over and over on many kept connections, each waiting for its answer, from one thread: the load must
 * leave the processors to what is measured. An answer counts only with the status and a piece of the body that are due.
 */
final class LoadGenerator {

    private final InetSocketAddress target;
    private final byte[] request;
    private final String due;

    /**
     * @param due text that a right answer's body holds; empty for none
     */
    LoadGenerator(int port, String method, String path, Map<String, String> headers, String body, String due) {
        this.target = new InetSocketAddress("127.0.0.1", port);
        this.due = due;
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(content.length)
                .append("\r\n\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(content);
        this.request = all.toByteArray();
    }

    /**
     * One round.
     *
     * @param perSecond right answers per second
     * @param latencies of the right answers
     * @param refused answers with another status, by status
     * @param wrong answers with a good status and a body that is not due, and broken connections
     */
    record Round(double perSecond, Latencies latencies, Map<Integer, Long> refused, long wrong) {
        @Override
        public String toString() {
            return "%,8.0f/s  p50 %6.2f ms  p99 %6.2f ms%s%s"
                    .formatted(
                            perSecond,
                            latencies.millis(0.5),
                            latencies.millis(0.99),
                            refused.isEmpty() ? "" : "  refused " + refused,
                            wrong == 0 ? "" : "  WRONG " + wrong);
        }
    }

    /** Calls for a time over that many connections, as often as they are answered. */
    Round run(int connections, Duration time) throws IOException {
        return run(connections, time, 0);
    }

    /**
     * Calls for a time over that many connections.
     *
     * @param perSecond calls in a second, evenly; 0 for as many as are answered. How long one took is then counted from when it was due
     */
    Round run(int connections, Duration time, int perSecond) throws IOException {
        Pace pace = new Pace(perSecond);
        Latencies latencies = new Latencies();
        Map<Integer, Long> refused = new TreeMap<>();
        long wrong = 0;
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                open(selector);
            }
            while (System.nanoTime() < end) {
                pace.sendDue();
                if (pace.millis() == 0) {
                    selector.selectNow();
                } else {
                    selector.select(pace.millis());
                }
                for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    Connection connection = (Connection) key.attachment();
                    int status = connection.read();
                    if (status == 0) {
                        continue;
                    }
                    if (status < 0) {
                        wrong++;
                        key.channel().close();
                        open(selector);
                        continue;
                    }
                    if (status / 100 != 2) {
                        refused.merge(status, 1L, Long::sum);
                    } else if (connection.answerHolds(due)) {
                        latencies.add(System.nanoTime() - connection.sentAt);
                    } else {
                        wrong++;
                    }
                    pace.next(connection);
                }
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Round(latencies.count() / seconds, latencies, refused, wrong);
    }

    /** Sends calls when they are due. */
    private static final class Pace {
        private final long between;
        private final java.util.ArrayDeque<Connection> free = new java.util.ArrayDeque<>();
        private long due = System.nanoTime();

        Pace(int perSecond) {
            this.between = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
        }

        void next(Connection connection) throws IOException {
            if (between == 0) {
                connection.send();
            } else {
                free.add(connection);
            }
        }

        void sendDue() throws IOException {
            while (between > 0 && !free.isEmpty() && due <= System.nanoTime()) {
                Connection connection = free.remove();
                connection.send();
                connection.sentAt = due;
                due += between;
            }
        }

        /** How long nothing is due, in milliseconds; 0 for less than one. */
        long millis() {
            return between == 0 || free.isEmpty() ? 50 : Math.max(0, (due - System.nanoTime()) / 1_000_000);
        }
    }

    private void open(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(target);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Connection connection = new Connection(channel, request);
        channel.register(selector, SelectionKey.OP_READ, connection);
        connection.send();
    }

    /** One kept connection. */
    private static final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer out;
        private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);
        private long sentAt;
        private int bodyFrom;
        private int bodyTo;

        Connection(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.out = ByteBuffer.wrap(request);
        }

        void send() throws IOException {
            in.clear();
            out.rewind();
            sentAt = System.nanoTime();
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** The status of a whole answer, 0 while more is to come, -1 when the connection broke. */
        int read() {
            try {
                if (channel.read(in) < 0) {
                    return -1;
                }
            } catch (IOException e) {
                return -1;
            }
            String seen = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int headEnd = seen.indexOf("\r\n\r\n");
            if (headEnd < 0) {
                return 0;
            }
            String head = seen.substring(0, headEnd).toLowerCase(java.util.Locale.ROOT);
            bodyFrom = headEnd + 4;
            int length = head.indexOf("\ncontent-length:");
            if (length >= 0) {
                int from = length + "\ncontent-length:".length();
                int to = head.indexOf('\r', from);
                bodyTo = bodyFrom
                        + Integer.parseInt(head.substring(from, to < 0 ? head.length() : to)
                                .trim());
                if (in.position() < bodyTo) {
                    return 0;
                }
            } else if (head.contains("chunked")) {
                if (!seen.endsWith("0\r\n\r\n")) {
                    return 0;
                }
                bodyTo = in.position();
            } else {
                bodyTo = bodyFrom;
            }
            return Integer.parseInt(seen.substring(9, 12));
        }

        boolean answerHolds(String due) {
            return due.isEmpty()
                    || new String(in.array(), bodyFrom, bodyTo - bodyFrom, StandardCharsets.UTF_8).contains(due);
        }
    }
}
