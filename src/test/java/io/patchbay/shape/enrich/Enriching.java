package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Surroundings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of enriching share: a shop that knows the customers a, b and c, and for each SKU an item; its requests are counted. */
abstract class Enriching {

    private static final String ENDPOINTS = """
            customers.read:
              kind: read
              inputs: {id: {}}
              method: GET
              path: /customers/${with.id}
            customers.search:
              kind: read
              inputs: {name: {}}
              method: GET
              path: /search
              request: {query: {name: '${with.name}'}}
              recordSelector: {path: '$[*]'}
            items.find:
              kind: read
              inputs: {skus: {type: array, items: string, separator: ',', maxItems: 50}}
              method: GET
              path: /items
              request: {query: {skus: '${with.skus}'}}
              recordSelector: {path: '$.items[*]'}
            houses.list:
              kind: read
              method: GET
              path: /houses
              recordSelector: {path: '$[*]'}
              paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: emptyPage}
            """;

    /** Keys of a shape that asks for one customer; further ones take the place of %s. */
    static final String CUSTOMER =
            "{instance: shop, endpoint: customers.read, with: {id: '${record.by}'}, into: customer%s}";

    /** Keys of a shape that asks for many items at once. */
    static final String ITEM =
            "{instance: shop, endpoint: items.find, with: {skus: '${record.sku}'}, match: {record: sku, answer: code}, into: item%s}";

    @TempDir
    Path home;

    World world;
    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    /** What each request asked for. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        world = new World(home);
        world.shop(
                "{none: {type: none}}",
                "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}",
                ENDPOINTS,
                "");
        world.serve("/api/customers/", exchange -> {
            String id = id(exchange);
            asked.add(id);
            boolean known = List.of("a", "b", "c").contains(id);
            World.json(exchange, id.equals("bad") ? 400 : known ? 200 : 404, "{\"id\":\"" + id + "\"}");
        });
        world.serve("/api/items", exchange -> {
            String skus = query(exchange).substring("skus=".length());
            asked.add(skus);
            String items = Arrays.stream(skus.split(","))
                    .filter(sku -> !sku.equals("none"))
                    .sorted(Comparator.reverseOrder())
                    .map("{\"code\":\"%s\"}"::formatted)
                    .collect(Collectors.joining(","));
            World.json(exchange, 200, "{\"items\":[" + items + "]}");
        });
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String id(HttpExchange exchange) {
        return exchange.getRequestURI().getPath().replaceAll(".*/", "");
    }

    static String query(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getQuery());
    }

    Plan.Endpoint plan(String yaml) {
        return plan(yaml, PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, world.catalog())));
    }

    static Plan.Endpoint plan(String yaml, Surroundings around) {
        PlacedShape shape = PlacedShape.of(new EnrichShape(), yaml, around);
        assertThat(shape.problems().list()).isEmpty();
        return (Plan.Endpoint) shape.plan();
    }

    Payload payload(Plan.Endpoint plan, String records) throws Exception {
        return world.answer(plan.uri(), World.payload(records), attempt, (Use)
                plan.properties().get(Use.PROPERTY));
    }

    String enrich(Plan.Endpoint plan, String records) throws Exception {
        return payload(plan, records).tree().toString();
    }

    String enrich(String yaml, String records) throws Exception {
        return enrich(plan(yaml), records);
    }

    /** Records that failed, like {@code 1 CODE}. */
    List<String> failed() {
        return attempt.failed().stream()
                .map(failed -> failed.index() + " " + failed.why().code())
                .toList();
    }

    /** Serves a list of houses that has three pages, the last of them empty. */
    void houses() {
        world.serve("/api/houses", exchange -> {
            String page = query(exchange).replaceAll(".*=", "");
            asked.add(page);
            World.json(
                    exchange,
                    200,
                    switch (page) {
                        case "1" -> "[{\"code\":\"UK\",\"n\":1},{\"code\":\"DE\",\"n\":2}]";
                        case "2" -> "[{\"code\":\"UK\",\"n\":3}]";
                        default -> "[]";
                    });
        });
    }
}
