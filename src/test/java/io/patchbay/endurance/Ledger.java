package io.patchbay.endurance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Both ends of the flows under test, outside of the program: a shop whose shelves hold numbered orders in pages, and a sink that
 * writes down each order it is sent. An order is taken when its request was read whole, whether or not an answer gets back.
 */
final class Ledger implements AutoCloseable {

    static final int PAGE = 50;

    private static final Pattern ORDER = Pattern.compile("\"order\":\"([^\"]+)\"");
    private static final Pattern QUERY = Pattern.compile("shelf=(\\d+)(?:&page=(\\d+))?");

    private static final Pattern LIFE = Pattern.compile("life=(\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int ordersOfShelf;
    private final int delayMillis;
    private final List<Taken> all = new ArrayList<>();
    private final Set<String> orders = ConcurrentHashMap.newKeySet();
    private volatile Poison poison = id -> false;

    /**
     * A request to the sink.
     *
     * @param life which life of the program sent it
     * @param orders the orders in it
     * @param body as it came
     * @param from when it came and from which port, for people
     */
    record Taken(int life, List<String> orders, String body, String from) {

        /** Whether it carries what was pulled from a shelf, not what a webhook brought. */
        boolean pulled() {
            return orders.get(0).startsWith("p");
        }
    }

    /** Orders that end the program when they arrive. */
    interface Poison {
        /** True when the order was poison; then it is neither written down nor answered. */
        boolean takes(String order) throws InterruptedException;
    }

    /**
     * Listens on a free port.
     *
     * @param delayMillis how long the sink takes for each request
     */
    Ledger(int ordersOfShelf, int delayMillis) throws IOException {
        this.ordersOfShelf = ordersOfShelf;
        this.delayMillis = delayMillis;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/shelf", this::shelf);
        server.createContext("/taken", this::taken);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void poison(Poison takes) {
        poison = takes;
    }

    /** A page of a shelf; every fourth order is not paid. */
    private void shelf(HttpExchange call) throws IOException {
        Matcher query = QUERY.matcher(String.valueOf(call.getRequestURI().getQuery()));
        if (!query.find()) {
            call.sendResponseHeaders(400, -1);
            return;
        }
        int page = query.group(2) == null ? 0 : Integer.parseInt(query.group(2));
        StringBuilder text = new StringBuilder("{\"orders\":[");
        int end = Math.min(ordersOfShelf, (page + 1) * PAGE);
        for (int i = page * PAGE; i < end; i++) {
            text.append(i == page * PAGE ? "" : ",")
                    .append("{\"id\":\"%s\",\"status\":\"%s\"}"
                            .formatted(pulled(query.group(1), i), paid(i) ? "paid" : "pending"));
        }
        if (end < ordersOfShelf) {
            call.getResponseHeaders()
                    .set(
                            "Link",
                            "<http://127.0.0.1:%d/shelf?shelf=%s&page=%d>; rel=\"next\""
                                    .formatted(port(), query.group(1), page + 1));
        }
        answer(call, text.append("]}").toString());
    }

    private static boolean paid(int order) {
        return order % 4 != 3;
    }

    private static String pulled(String shelf, int order) {
        return "p" + shelf + "-" + order;
    }

    /** The orders that a pull of a shelf has to bring. */
    Set<String> paidOf(int shelf) {
        Set<String> paid = new LinkedHashSet<>();
        for (int i = 0; i < ordersOfShelf; i++) {
            if (paid(i)) {
                paid.add(pulled(String.valueOf(shelf), i));
            }
        }
        return paid;
    }

    private void taken(HttpExchange call) throws IOException {
        try {
            Matcher query = LIFE.matcher(String.valueOf(call.getRequestURI().getQuery()));
            int life = query.matches() ? Integer.parseInt(query.group(1)) : 0;
            String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            List<String> found =
                    ORDER.matcher(body).results().map(match -> match.group(1)).collect(Collectors.toList());
            for (String order : found) {
                if (poison.takes(order)) {
                    call.close();
                    return;
                }
            }
            String from = System.currentTimeMillis() % 1_000_000 + " ms, port "
                    + call.getRemoteAddress().getPort();
            synchronized (all) {
                all.add(new Taken(life, found, body, from));
                orders.addAll(found);
            }
            TimeUnit.MILLISECONDS.sleep(delayMillis); // a sink takes its time
            answer(call, "{\"status\":\"accepted\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            call.close();
        }
    }

    private static void answer(HttpExchange call, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    /** How many requests a life of the program sent. */
    long takenFrom(int life) {
        synchronized (all) {
            return all.stream().filter(taken -> taken.life == life).count();
        }
    }

    boolean has(Set<String> wanted) {
        return orders.containsAll(wanted);
    }

    Set<String> missing(Set<String> wanted) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(orders);
        return missing;
    }

    int orders() {
        return orders.size();
    }

    /**
     * Requests whose orders had been taken before.
     *
     * @param requests by life
     * @param strange those that are not the same request again, or come twice in one life
     */
    record Repeats(Map<Integer, List<Taken>> requests, List<String> strange) {

        long most(boolean pulled) {
            return requests.values().stream()
                    .mapToLong(list ->
                            list.stream().filter(one -> one.pulled() == pulled).count())
                    .max()
                    .orElse(0);
        }

        long orders() {
            return requests.values().stream()
                    .flatMap(List::stream)
                    .mapToLong(one -> one.orders.size())
                    .sum();
        }

        long count() {
            return requests.values().stream().mapToLong(List::size).sum();
        }
    }

    Repeats repeats() {
        Map<String, Taken> before = new HashMap<>();
        Map<Integer, List<Taken>> requests = new HashMap<>();
        List<String> strange = new ArrayList<>();
        synchronized (all) {
            for (Taken one : all) {
                Taken earlier = null;
                for (String order : one.orders) {
                    Taken other = before.put(order, one);
                    earlier = other == null ? earlier : other;
                }
                if (earlier != null) {
                    requests.computeIfAbsent(one.life, any -> new ArrayList<>()).add(one);
                    if (earlier.life == one.life || !earlier.body.equals(one.body)) {
                        strange.add("life " + earlier.life + " (" + earlier.from + "): " + earlier.orders + ", life "
                                + one.life + " (" + one.from + "): " + one.orders);
                    }
                }
            }
        }
        return new Repeats(requests, strange);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
