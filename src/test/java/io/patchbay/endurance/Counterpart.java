package io.patchbay.endurance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The system at the other end of flows that are killed: it counts effects, one for each idempotency key, and holds the request at
 * which the program is to die. A request is written down before it is held: it has had its effect, and nobody has heard so.
 */
final class Counterpart implements AutoCloseable {

    /**
     * A request.
     *
     * @param at what the flow says where it stands
     * @param key the idempotency key; null without one
     */
    record Asked(String at, @Nullable String key, String body) {}

    /** A request that gets no answer until it is let go, or the counterpart ends. */
    final class Hold {
        private final String at;
        private final int nth;
        private final CountDownLatch answer = new CountDownLatch(1);
        private int arrived;
        private volatile boolean reached;

        private Hold(String at, int nth) {
            this.at = at;
            this.nth = nth;
        }

        String at() {
            return at;
        }

        boolean reached() {
            return reached;
        }

        void answer() {
            answer.countDown();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Asked> all = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Listens on a free port. */
    Counterpart() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/put", call -> answer(call, 200, "{\"status\":\"accepted\"}"));
        server.createContext("/ask", call -> answer(call, 200, "{\"found\":[{\"name\":\"somebody\"}]}"));
        server.createContext("/list", this::page);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Holds the nth request from now on that comes from there. */
    Hold hold(String at, int nth) {
        Hold hold = new Hold(at, nth);
        synchronized (all) {
            holds.add(hold);
        }
        return hold;
    }

    /** Lets go of everything that is held, and holds nothing more. */
    void letGo() {
        synchronized (all) {
            holds.forEach(Hold::answer);
            holds.clear();
        }
    }

    /** Whether what comes from there is refused, which is no effect. */
    void refuses(String at, boolean refuses) {
        synchronized (all) {
            if (refuses) {
                refused.add(at);
            } else {
                refused.remove(at);
            }
        }
    }

    /** What came from there. */
    List<Asked> asked(String at) {
        synchronized (all) {
            return all.stream().filter(one -> one.at.equals(at)).toList();
        }
    }

    /** What happened there: once for each key, and each time without one. */
    List<String> effects(String at) {
        Map<String, String> byKey = new LinkedHashMap<>();
        for (Asked one : asked(at)) {
            String key = one.key == null ? "none-" + byKey.size() : one.key;
            String before = byKey.put(key, one.body);
            if (before != null && !before.equals(one.body)) {
                throw new AssertionError("another request under the same key: " + before + " and " + one.body);
            }
        }
        return List.copyOf(byKey.values());
    }

    /** Three pages of four orders. */
    private void page(HttpExchange call) throws IOException {
        int page = Integer.parseInt(query(call).getOrDefault("page", "0"));
        StringBuilder orders = new StringBuilder();
        for (int i = page * 4 + 1; i <= page * 4 + 4; i++) {
            orders.append(orders.isEmpty() ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append('}');
        }
        if (page < 2) {
            call.getResponseHeaders()
                    .set(
                            "Link",
                            "<http://127.0.0.1:%d/list?at=list&page=%d>; rel=\"next\"".formatted(port(), page + 1));
        }
        answer(call, 200, "{\"orders\":[" + orders + "]}");
    }

    private void answer(HttpExchange call, int status, String text) throws IOException {
        try {
            String at = query(call).getOrDefault("at", "");
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuses;
            Hold held;
            synchronized (all) {
                refuses = refused.contains(at);
                if (!refuses) {
                    all.add(new Asked(at, call.getRequestHeaders().getFirst("Idempotency-Key"), body));
                }
                held = refuses ? null : held(at);
            }
            if (held != null) {
                held.reached = true;
                held.answer.await();
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().set("Content-Type", "application/json");
            call.sendResponseHeaders(refuses ? 400 : status, bytes.length);
            call.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            call.close();
        }
    }

    private @Nullable Hold held(String at) {
        Hold found = null;
        for (Hold hold : holds) {
            if (hold.at.equals(at) && ++hold.arrived == hold.nth) {
                found = hold;
            }
        }
        return found;
    }

    private static Map<String, String> query(HttpExchange call) {
        Map<String, String> query = new HashMap<>();
        for (String pair : String.valueOf(call.getRequestURI().getRawQuery()).split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
