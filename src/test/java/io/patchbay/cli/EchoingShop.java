package io.patchbay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.patchbay.payload.Json;
import io.patchbay.secret.Sentinel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A shop that shows what it was sent, as bad systems do, and secrets that such a test gives it. */
final class EchoingShop {

    static final String SECRET = "s3ntinel/${secret.X}+<Wert>&\"q\"=%41-";
    static final String ACCESS = "acc3ss-of/a+test=that&is<long>enough";
    static final String REFRESH = "r3fresh-of/a+test=that&is<long>enough";
    static final String SESSION = "s3ssion-of/a+test=that&is<long>enough";
    static final String[] SENTINELS = {SECRET, "s3ntinel", ACCESS, REFRESH, SESSION};

    private EchoingShop() {}

    /** Listens on loopback. */
    static HttpServer start() throws IOException {
        HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        shop.createContext("/", EchoingShop::answer);
        shop.start();
        return shop;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("X-Key"))
                + String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        boolean right = sent.contains(SECRET)
                || sent.contains(Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8)));
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/reset")) {
            exchange.close();
            return;
        }
        if (path.equals("/token") || path.equals("/login")) {
            ok(
                    exchange,
                    200,
                    Json.NODES
                            .objectNode()
                            .put("access_token", ACCESS)
                            .put("refresh_token", REFRESH)
                            .put("token_type", "Bearer")
                            .put("expires_in", 3600)
                            .put("session", SESSION));
            return;
        }
        if (path.equals("/echo")) {
            echo(exchange);
            return;
        }
        String html = "<html>" + sent.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</html>";
        byte[] body = (path.equals("/html") ? html : "{\"right\":" + right + "}").getBytes(StandardCharsets.UTF_8);
        if (path.equals("/html")) {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
        }
        if (path.equals("/redirect")) {
            exchange.getResponseHeaders()
                    .set("Location", "http://other.example/?key=" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(
                path.equals("/unauthorized") ? 401 : path.equals("/redirect") ? 302 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Whatever it got, in all the ways in which a system may repeat it, in what is shown of a failure and in what is not. */
    private static void echo(HttpExchange exchange) throws IOException {
        String sent = exchange.getRequestHeaders().values().toString();
        List<String> known = sent.contains(ACCESS)
                ? List.of(SECRET, ACCESS, REFRESH)
                : sent.contains(SESSION) ? List.of(SECRET, SESSION) : List.of(SECRET);
        var answer = Json.NODES.objectNode();
        var all = answer.putArray("got");
        all.add(exchange.getRequestURI() + " " + Map.copyOf(exchange.getRequestHeaders()) + " "
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        for (String secret : known) {
            Sentinel.forms(secret).forEach((name, form) -> {
                all.add(form);
                if (!name.startsWith("json")) { // a header holds no quotes of its own
                    exchange.getResponseHeaders().add("X-Echo", form);
                }
            });
        }
        answer.put(
                "error", "bad key " + String.join(" | ", Sentinel.forms(SECRET).values()));
        answer.put(
                "error_description",
                String.join(" | ", Sentinel.forms(known.get(known.size() - 1)).values()));
        ok(exchange, 400, answer);
    }

    private static void ok(HttpExchange exchange, int status, JsonNode answer) throws IOException {
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
