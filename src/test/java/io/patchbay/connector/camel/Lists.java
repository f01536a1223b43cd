package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.CatalogReader;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A connector {@code shop} with one paged endpoint, {@code items.list}, and a server that has seven items. */
final class Lists implements AutoCloseable {

    static final int RECORDS = 7;
    static final String URI = "connector:shop/items.list";

    private final World world;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> prefer = new CopyOnWriteArrayList<>();

    Lists(Path home) throws Exception {
        this.world = new World(home);
    }

    World world() {
        return world;
    }

    /** Query strings of all requests, in order; a request without one counts as {@code null}. */
    List<String> asked() {
        return asked;
    }

    /** Header Prefer of all requests, in order. */
    List<String> preferred() {
        return prefer;
    }

    /** Declares the endpoint with these keys beside kind, method and path. */
    void list(String keys) throws Exception {
        endpoint("GET", "/items", keys);
    }

    void endpoint(String method, String path, String keys) throws Exception {
        world.shop(
                "{none: {type: none}}",
                "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}",
                text(method, path, keys),
                "");
    }

    private static String text(String method, String path, String keys) {
        return "items.list:\n  kind: read\n  method: " + method + "\n  path: " + path + "\n" + keys.indent(2);
    }

    /** What is wrong with such an endpoint. */
    List<String> problems(String method, String path, String keys) throws IOException {
        return problems("", method, path, keys);
    }

    /** What is wrong with such an endpoint of a requester with these keys beside its address. */
    List<String> problems(String requester, String method, String path, String keys) throws IOException {
        world.write(
                "connectors/wrong/connector.yaml",
                "connector: wrong\nversion: 1.0.0\nrequester: {baseUrl: 'https://shop.example.com'"
                        + requester + "}\nendpoints:\n"
                        + text(method, path, keys).indent(2));
        return new CatalogReader(world.home())
                .read(List.of(world.home()), Catalog.EMPTY).problems().values().stream()
                        .flatMap(List::stream)
                        .map(Problem::toString)
                        .toList();
    }

    void serve(World.Answering answering) {
        world.serve("/api/items", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            prefer.add(String.valueOf(exchange.getRequestHeaders().getFirst("Prefer")));
            answering.answer(exchange);
        });
    }

    static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** So many records from a number on, none behind the last, as a JSON array. */
    static String items(int from, int count) {
        return IntStream.rangeClosed(from, Math.min(from + count - 1, RECORDS))
                .mapToObj(i -> "{\"id\":" + i + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** A page with {@code items} and more members. */
    static String page(int from, int count, String more) {
        return "{\"items\":" + items(from, count) + more + "}";
    }

    List<Pull.Element> pull() throws Exception {
        return world.pull(URI, new FakeAttempt(Map.of(), Map.of(), null, 0), null);
    }

    /** The pull itself, which is the caller's to read and close. */
    Pull open() throws Exception {
        return (Pull) world.call(
                        URI, Payload.empty(Lineage.ofRun("run-1")), new FakeAttempt(Map.of(), Map.of(), null, 0), null)
                .getMessage()
                .getBody();
    }

    /** What came of a long pull, and how many more bytes of memory were in use on the way than before. */
    record Read(long records, long memory) {}

    /** Reads a pull through and looks at the memory in use behind so many records, three times at most. */
    Read readThrough(long apart) throws Exception {
        long seen = 0;
        long before = heap();
        long most = 0;
        int looks = 0;
        try (Pull pull = open()) {
            while (pull.next() instanceof Pull.Page page) {
                seen += page.payload().recordCount();
                if (looks < 3 && seen > apart * (looks + 1)) {
                    looks++;
                    most = Math.max(most, heap());
                }
            }
        }
        assertThat(looks).as("looks at the memory in use").isPositive();
        return new Read(seen, most - before);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Pulls on behind the so many first pages of another pull, as a run does that was broken there. */
    List<Pull.Element> pullBehind(List<Pull.Element> all, int pages) throws Exception {
        Pull.Page last = (Pull.Page) all.get(pages - 1);
        return world.pull(URI, new FakeAttempt(Map.of(), Map.of(), last.next(), pages), null);
    }

    static List<Integer> ids(List<Pull.Element> elements) throws StepException {
        List<Integer> ids = new ArrayList<>();
        for (Pull.Element element : elements) {
            if (element instanceof Pull.Page page) {
                page.payload()
                        .records()
                        .forEach(record -> ids.add(record.path("id").asInt()));
            }
        }
        return ids;
    }

    /** All elements of a pull that yields every item once and ends well. */
    List<Pull.Element> pullsAll() throws Exception {
        List<Pull.Element> elements = pull();
        assertThat(elements.get(elements.size() - 1)).isInstanceOf(Pull.End.class);
        assertThat(ids(elements)).containsExactly(1, 2, 3, 4, 5, 6, 7);
        return elements;
    }

    /** What a pull fails with in the end. */
    StepException failure() throws Exception {
        List<Pull.Element> elements = pull();
        Pull.Element last = elements.get(elements.size() - 1);
        assertThat(last).isInstanceOf(Pull.Failed.class);
        return ((Pull.Failed) last).why();
    }

    @Override
    public void close() {
        world.close();
    }
}
