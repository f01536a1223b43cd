package io.patchbay.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outside world of a load run, as quick as a server can be: a shop that answers pages of invented orders at once, and a
 * warehouse that takes orders and counts them.
 *
 * <p>{@code GET /orders?page=N} (250 orders a page, {@code Link} to the next), {@code POST /orders} (one or a list),
 * {@code GET /counts}, {@code POST /reset}.
 */
public final class Counterpart extends AbstractVerticle {

    static final int PAGE = 250;

    private static final AtomicLong CALLS = new AtomicLong();
    private static final AtomicLong ORDERS = new AtomicLong();

    private final int port;
    private final int orders;
    private final Buffer[] pages;

    private Counterpart(int port, int orders, Buffer[] pages) {
        this.port = port;
        this.orders = orders;
        this.pages = pages;
    }

    /** @param args port and number of orders in the shop */
    public static void main(String[] args) {
        int port = Integer.parseInt(args[0]);
        int orders = Integer.parseInt(args[1]);
        Buffer[] pages = new Buffer[(orders + PAGE - 1) / PAGE];
        for (int page = 0; page < pages.length; page++) {
            pages[page] = page(page, orders);
        }
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1))
                .deployVerticle(() -> new Counterpart(port, orders, pages), new DeploymentOptions())
                .onSuccess(id -> System.out.println("READY"))
                .onFailure(problem -> {
                    System.out.println(problem);
                    System.exit(1);
                });
    }

    @Override
    public void start(io.vertx.core.Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(port))
                .requestHandler(this::handle)
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void handle(HttpServerRequest call) {
        switch (call.method().name() + " " + call.path()) {
            case "POST /orders" ->
                call.body().onSuccess(body -> {
                    CALLS.incrementAndGet();
                    ORDERS.addAndGet(occurrences(body));
                    json(call, "{\"status\":\"accepted\",\"eta\":\"2026-10-02\"}");
                });
            case "GET /orders" -> page(call);
            case "GET /counts" -> json(call, "{\"calls\":" + CALLS + ",\"orders\":" + ORDERS + "}");
            case "POST /reset" -> {
                CALLS.set(0);
                ORDERS.set(0);
                json(call, "{}");
            }
            default -> call.response().setStatusCode(404).end();
        }
    }

    private void page(HttpServerRequest call) {
        String wanted = call.getParam("page");
        int page = wanted == null ? 0 : Integer.parseInt(wanted);
        if ((page + 1) * PAGE < orders) {
            call.response()
                    .putHeader("Link", "<http://127.0.0.1:" + port + "/orders?page=" + (page + 1) + ">; rel=\"next\"");
        }
        call.response().putHeader("Content-Type", "application/json").end(pages[page]);
    }

    private static void json(HttpServerRequest call, String text) {
        call.response().putHeader("Content-Type", "application/json").end(text);
    }

    /** Orders in a body: each has one {@code "orderNo"}. */
    private static int occurrences(Buffer body) {
        byte[] bytes = body.getBytes();
        byte[] mark = {'"', 'o', 'r', 'd', 'e', 'r', 'N', 'o', '"'};
        int found = 0;
        for (int i = 0; i + mark.length <= bytes.length; i++) {
            if (bytes[i] == '"' && java.util.Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                found++;
            }
        }
        return found;
    }

    private static Buffer page(int page, int orders) {
        StringBuilder text = new StringBuilder("{\"orders\":[");
        for (int i = page * PAGE; i < Math.min((page + 1) * PAGE, orders); i++) {
            text.append(i == page * PAGE ? "" : ",").append(order(i));
        }
        return Buffer.buffer(text.append("]}").toString());
    }

    /** An order of about 700 bytes; every fourth is not paid. */
    static String order(int i) {
        return """
                {"id":%1$d,"name":"#%1$d","created_at":"2026-10-01T08:%2$02d:00Z","financial_status":"%3$s","currency":"GBP",\
                "total_price":"%4$d.90","email":"buyer%1$d@example.com","customer":{"id":%5$d,"first_name":"Ada","last_name":"Winterbourne"},\
                "shipping_address":{"name":"Ada Winterbourne","address1":"%2$d Mill Lane","city":"Leeds","zip":"LS1 4DY","country_code":"GB"},\
                "line_items":[{"id":%5$d,"sku":"KET-1200-BK","title":"Kettle 1.2 l, matt black","quantity":1,"price":"39.90"},\
                {"id":%6$d,"sku":"MUG-STN-BL","title":"Stoneware mug, blue","quantity":2,"price":"12.50"}],\
                "shipping_lines":[{"code":"standard-gb","title":"Royal Post 48h","price":"4.20"}],"note":null}""".formatted(
                1_000_000 + i, i % 60, i % 4 == 3 ? "pending" : "paid", 40 + i % 200, 7_000_000 + i, 8_000_000 + i);
    }
}
