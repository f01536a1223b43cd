package io.patchbay.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Begin;
import io.patchbay.connector.Operation;
import io.patchbay.connector.Request;
import io.patchbay.connector.Trace;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * 100,000 orders of about 700 bytes read through each way of paging, in pages of 250, and through each format; time of a warm
 * pull, and the most that lives on the heap after collections during another one, over what lived before it. Server, connector
 * and measurement share the process: only differences of the heap are told.
 */
public final class ListBench {

    private static final int ORDERS = Integer.getInteger("bench.orders", 100_000);
    private static final int PAGE = 250;
    private static final int PAGES = ORDERS / PAGE;
    private static final int LOOKS = 20;
    private static final String ITEMS = "recordSelector: {path: '$.orders[*]', primaryKey: [id]}\n";

    private final Buffer[] pages = new Buffer[PAGES];
    private String built = "";
    private int port;

    private ListBench() {}

    /** Writes the pages of the server in a format; those of another one are gone. */
    private void build(String format) {
        if (!format.equals(built)) {
            for (int page = 0; page < PAGES; page++) {
                pages[page] = Buffer.buffer(text(format, page));
            }
            built = format;
        }
    }

    private static String text(String format, int page) {
        StringBuilder text = new StringBuilder();
        for (int i = page * PAGE; i < (page + 1) * PAGE; i++) {
            switch (format) {
                case "json" -> text.append(text.length() == 0 ? "[" : ",").append(Counterpart.order(i));
                case "ndjson" -> text.append(Counterpart.order(i)).append('\n');
                case "csv" ->
                    text.append(text.length() == 0 ? "id,name,email,total,note\n" : "")
                            .append(i)
                            .append(",Ada Winterbourne,buyer@example.com,40.90,\"")
                            .append("a note, quoted ".repeat(42))
                            .append("\"\n");
                default ->
                    text.append(text.length() == 0 ? "<list>" : "")
                            .append("<order no='" + i + "'><id>" + i + "</id><note>")
                            .append("a note in an element ".repeat(29))
                            .append("</note></order>");
            }
        }
        return text.append(format.equals("json") ? "]" : format.equals("xml") ? "</list>" : "")
                .toString();
    }

    /** Runs all and prints a line for each. */
    public static void main(String[] args) throws Exception {
        new ListBench().run();
        System.exit(0);
    }

    private void run() throws Exception {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::answer)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        port = server.actualPort();
        System.out.printf("%,d orders in %,d pages%n", ORDERS, PAGES);
        for (Map.Entry<String, String> list : lists().entrySet()) {
            measure(list.getKey(), list.getValue());
        }
        vertx.close();
    }

    private static Map<String, String> lists() {
        Map<String, String> lists = new LinkedHashMap<>();
        String page = "paginator: {type: pageNumber, pageSize: 250, inject: {into: query, name: page}}";
        lists.put("pageNumber", get("wrapped", ITEMS + page));
        lists.put(
                "offset",
                get("offset", ITEMS + "paginator: {type: offset, pageSize: 250, inject: {into: query, name: offset}}"));
        lists.put(
                "cursor",
                get(
                        "cursor",
                        ITEMS + "paginator: {type: cursor, cursorPath: '$.next', inject: {into: query, name: page}}"));
        lists.put("nextUrl", get("nextUrl", ITEMS + "paginator: {type: nextUrl, cursorPath: '$.next'}"));
        lists.put("relativeUri", get("relative", ITEMS + "paginator: {type: relativeUri, cursorPath: '$.next'}"));
        lists.put("linkHeader", get("link", ITEMS + "paginator: {type: linkHeader}"));
        lists.put(
                "odataNextLink",
                get("odata", "recordSelector: {path: '$.value[*]'}\npaginator: {type: odataNextLink}"));
        lists.put(
                "keyset",
                get("keyset", ITEMS + "paginator: {type: keyset, pageSize: 250, inject: {into: query, name: after}}"));
        lists.put("graphqlCursor", """
                kind: read
                method: POST
                path: /graphql
                request: {body: {type: graphql, template: {query: 'query($first: Int, $after: String) { orders }'}}}
                recordSelector: {path: '$.data.orders.nodes[*]'}
                paginator: {type: graphqlCursor, pageSize: 250}
                """);
        lists.put("timeWindow", get("wrapped", ITEMS + """
                paginator: {type: timeWindow, maxPages: 2000}
                incremental: {cursorField: created_at, lower: {into: query, name: from}, upper: {into: query, name: to}, start: %dh, step: 1h, lookback: 0s}
                """.formatted(PAGES)));
        lists.put("json in one answer, by 500", get("whole", "recordSelector: {path: '$.orders[*]', chunk: 500}"));
        lists.put("ndjson", get("ndjson", page + "\nresponse: {format: ndjson}"));
        lists.put("csv", get("csv", page + "\nresponse: {format: csv}"));
        lists.put(
                "xml", get("xml", "recordSelector: {path: '$.list.order[*]'}\n" + page + "\nresponse: {format: xml}"));
        lists.put(
                "soap",
                get("soap", "recordSelector: {path: '$.list.order[*]'}\n" + page + "\nresponse: {format: soap}"));
        return lists;
    }

    private static String get(String path, String more) {
        return "kind: read\nmethod: GET\npath: /" + path + "\n" + more;
    }

    private void measure(String name, String endpoint) throws Exception {
        build(name.equals("soap") ? "xml" : List.of("ndjson", "csv", "xml").contains(name) ? name : "json");
        Path home = Files.createTempDirectory("patchbay-bench-list");
        try (World world = new World(home)) {
            world.write("connectors/shop/connector.yaml", """
                    connector: shop
                    version: 1.0.0
                    requester: {baseUrl: 'http://127.0.0.1:%d', allowedHosts: ['127.0.0.1'], timeout: 60s, maxResponse: 500MB}
                    endpoints:
                      orders.list:
                    %s
                    """.formatted(port, endpoint.indent(4)));
            world.write("connectors/shop/instances/shop.yaml", "{instance: shop, connector: shop}");
            world.reload();
            Operation operation = new InstanceCalls(
                            world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                    .operation("shop", "orders.list");
            pull(operation, 0);
            long begin = System.nanoTime();
            int records = pull(operation, 0).records();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.gc();
            long idle = used();
            long most = pull(operation, Math.max(1, PAGES / LOOKS)).most();
            System.out.printf(
                    "%-28s %,d records in %.2f s, %,.0f records/s, heap %+.1f MB over idle%n",
                    name, records, seconds, records / seconds, (most - idle) / 1e6);
        }
    }

    /** What came of a pull: records, and the most that lived on the heap when it was looked at. */
    private record Came(int records, long most) {}

    private static Came pull(Operation operation, int lookEvery) throws Exception {
        Map<String, JsonNode> none = Map.of();
        Instant now = Instant.now();
        Lineage lineage = Lineage.ofRun("bench");
        Request request = new Request(
                Payload.empty(lineage), operation.inputs().complete(none, now), now, lineage.text(), Trace.NONE);
        int records = 0;
        int pages = 0;
        long most = 0;
        try (Pull pull = operation.pull(request, new Begin("bench", null, 0, null, ""))) {
            Pull.Element element = pull.next();
            for (; element instanceof Pull.Page page; element = pull.next()) {
                records += page.payload().recordCount();
                pages++;
                if (lookEvery > 0 && pages % lookEvery == 0) {
                    System.gc();
                    most = Math.max(most, used());
                }
            }
            if (element instanceof Pull.Failed failed) {
                throw failed.why();
            }
        }
        return new Came(records, most);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void answer(HttpServerRequest call) {
        int page = number(call.getParam("page"), 0);
        switch (call.path()) {
            case "/wrapped" -> wrapped(call, call.getParam("from") == null ? page - 1 : window(call), "");
            case "/offset" -> wrapped(call, number(call.getParam("offset"), 0) / PAGE, "");
            case "/keyset" -> wrapped(call, (number(call.getParam("after"), 999_999) + 1 - 1_000_000) / PAGE, "");
            case "/cursor" -> wrapped(call, page, more(page) ? ",\"next\":\"" + (page + 1) + "\"" : "");
            case "/nextUrl" -> wrapped(call, page, more(page) ? ",\"next\":\"" + next(call, page) + "\"" : "");
            case "/relative" -> wrapped(call, page, more(page) ? ",\"next\":\"?page=" + (page + 1) + "\"" : "");
            case "/link" -> {
                if (more(page)) {
                    call.response().putHeader("Link", "<" + next(call, page) + ">; rel=\"next\"");
                }
                wrapped(call, page, "");
            }
            case "/odata" ->
                send(
                        call,
                        "application/json",
                        Buffer.buffer("{\"value\":")
                                .appendBuffer(pages[page])
                                .appendString(more(page) ? ",\"@odata.nextLink\":\"" + next(call, page) + "\"}" : "}"));
            case "/graphql" -> call.body().onSuccess(body -> graphql(call, body));
            case "/whole" -> whole(call);
            case "/ndjson" -> send(call, "application/x-ndjson", page > PAGES ? Buffer.buffer() : pages[page - 1]);
            case "/csv" -> send(call, "text/csv", page > PAGES ? Buffer.buffer("id,name\n") : pages[page - 1]);
            case "/xml" -> send(call, "application/xml", element(page));
            case "/soap" ->
                send(
                        call,
                        "text/xml",
                        Buffer.buffer("<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body>")
                                .appendBuffer(element(page))
                                .appendString("</s:Body></s:Envelope>"));
            default -> call.response().setStatusCode(404).end();
        }
    }

    private Buffer element(int page) {
        return page > PAGES ? Buffer.buffer("<list/>") : pages[page - 1];
    }

    /** Which page a window of an hour stands for. */
    private static int window(HttpServerRequest call) {
        long hours = Duration.between(Instant.parse(call.getParam("from")), Instant.now())
                .toHours();
        return Math.floorMod(PAGES - 1 - hours, PAGES);
    }

    private static boolean more(int page) {
        return page + 1 < PAGES;
    }

    private String next(HttpServerRequest call, int page) {
        return "http://127.0.0.1:" + port + call.path() + "?page=" + (page + 1);
    }

    private void wrapped(HttpServerRequest call, int page, String more) {
        Buffer orders = page >= PAGES ? Buffer.buffer("[]") : pages[page];
        send(
                call,
                "application/json",
                Buffer.buffer("{\"orders\":").appendBuffer(orders).appendString(more + "}"));
    }

    private void graphql(HttpServerRequest call, Buffer body) {
        String after = body.toJsonObject().getJsonObject("variables").getString("after");
        int page = after == null ? 0 : Integer.parseInt(after);
        send(
                call,
                "application/json",
                Buffer.buffer("{\"data\":{\"orders\":{\"nodes\":")
                        .appendBuffer(pages[page])
                        .appendString(",\"pageInfo\":{\"hasNextPage\":" + more(page) + ",\"endCursor\":\"" + (page + 1)
                                + "\"}}}}"));
    }

    /** All orders in one answer, written page by page. */
    private void whole(HttpServerRequest call) {
        call.response().setChunked(true).putHeader("Content-Type", "application/json");
        call.response().write("{\"orders\":[");
        piece(call, 0);
    }

    private void piece(HttpServerRequest call, int page) {
        if (page == PAGES) {
            call.response().end("]}");
            return;
        }
        Buffer items = pages[page].slice(1, pages[page].length() - 1);
        call.response()
                .write(page == 0 ? items : Buffer.buffer(",").appendBuffer(items))
                .onSuccess(any -> piece(call, page + 1));
    }

    private static void send(HttpServerRequest call, String type, Buffer body) {
        call.response().putHeader("Content-Type", type).end(body);
    }

    private static int number(String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
