package io.patchbay.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A small shop that speaks like Shopify's order API: pages with {@code Link} headers, an access token, a call limit. It
 * listens on 127.0.0.1 only, reads one data file and keeps nothing.
 *
 * <p>{@code GET /admin/api/2026-10/orders.json?limit=&status=&financial_status=&page_info=}, {@code orders/ID.json}, {@code
 * variants/SKU.json}, {@code shop.json}.
 */
public final class SandboxShop implements AutoCloseable {

    private static final String BASE = "/admin/api/2026-10/";
    private static final Set<String> STATUSES = Set.of("open", "closed", "cancelled", "any");
    // Shopify pages 50 orders by default and 250 at most; REST Admin API, "Paginate responses".
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 250;

    private final HttpServer server;
    private final ExecutorService threads;
    private final ShopData data;
    private final byte[] token;
    private final RequestLimit requests;

    private SandboxShop(HttpServer server, ShopData data, ExampleProperties settings, Clock clock) {
        this.server = server;
        this.data = data;
        this.token = settings.shopToken().getBytes(StandardCharsets.UTF_8);
        this.requests = new RequestLimit(settings.requestsPerSecond(), clock);
        this.threads = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "sandbox-shop");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Opens the shop. @throws IOException if its port is taken */
    public static SandboxShop open(ExampleProperties settings, Clock clock) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), settings.shopPort());
        ShopData data = ShopData.bundled();
        SandboxShop shop = new SandboxShop(HttpServer.create(address, 64), data, settings, clock);
        shop.server.createContext("/", shop::handle);
        shop.server.setExecutor(shop.threads);
        shop.server.start();
        return shop;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        try (call) {
            Answer answer = answer(call);
            byte[] body = Json.MAPPER.writeValueAsBytes(answer.body());
            answer.headers().forEach(call.getResponseHeaders()::set);
            call.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            call.sendResponseHeaders(answer.status(), body.length);
            call.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange call) {
        if (!knows(call.getRequestHeaders().getFirst("X-Shopify-Access-Token"))) {
            return Answer.error(401, "Invalid API key or access token: send X-Shopify-Access-Token");
        }
        if (!requests.admits()) {
            return new Answer(429, Map.of("Retry-After", "1"), Answer.errors("Too many calls: try again in a second"));
        }
        if (!call.getRequestMethod().equals("GET")) {
            return new Answer(405, Map.of("Allow", "GET"), Answer.errors("This shop is for reading"));
        }
        String path = call.getRequestURI().getPath();
        if (path.equals(BASE + "orders.json")) {
            return orders(QueryString.of(call.getRequestURI().getRawQuery()));
        }
        if (path.equals(BASE + "shop.json")) {
            ObjectNode shop = Json.NODES.objectNode().put("id", 1).put("name", "Sandbox Tea & Coffee");
            return Answer.ok("shop", shop.put("currency", "GBP"));
        }
        return one(path, "orders/", "order")
                .or(() -> one(path, "variants/", "variant"))
                .orElseGet(() -> Answer.error(404, "Not Found"));
    }

    private Optional<Answer> one(String path, String folder, String kind) {
        if (!path.startsWith(BASE + folder) || !path.endsWith(".json")) {
            return Optional.empty();
        }
        String id = path.substring(BASE.length() + folder.length(), path.length() - ".json".length());
        return (kind.equals("order") ? data.order(id) : data.variant(id)).map(found -> Answer.ok(kind, found));
    }

    private Answer orders(Map<String, String> query) {
        PageInfo page;
        try {
            page = PageInfo.of(query);
        } catch (IllegalArgumentException e) {
            return Answer.error(400, String.valueOf(e.getMessage()));
        }
        int limit = limit(query.getOrDefault("limit", String.valueOf(DEFAULT_LIMIT)));
        if (limit < 1 || limit > MAX_LIMIT || !STATUSES.contains(page.status())) {
            return Answer.error(400, "limit must be 1 to 250 and status one of open, closed, cancelled, any");
        }
        List<JsonNode> all = data.orders(page.status(), page.financialStatus());
        int from = Math.min(page.offset(), all.size());
        int to = Math.min(from + limit, all.size());
        ArrayNode orders = Json.NODES.arrayNode().addAll(all.subList(from, to));
        Map<String, String> headers =
                to == all.size() ? Map.of() : Map.of("Link", "<" + link(page.at(to), limit) + ">; rel=\"next\"");
        return new Answer(200, headers, Json.NODES.objectNode().set("orders", orders));
    }

    private String link(PageInfo next, int limit) {
        return "http://127.0.0.1:" + port() + BASE + "orders.json?limit=" + limit + "&page_info=" + next.text();
    }

    private boolean knows(@Nullable String sent) {
        return sent != null && MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8));
    }

    private static int limit(String text) {
        return text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    }

    private record Answer(int status, Map<String, String> headers, JsonNode body) {

        static Answer ok(String kind, JsonNode found) {
            return new Answer(200, Map.of(), Json.NODES.objectNode().set(kind, found));
        }

        static Answer error(int status, String what) {
            return new Answer(status, Map.of(), errors(what));
        }

        static JsonNode errors(String what) {
            return Json.NODES.objectNode().put("errors", what);
        }
    }
}
