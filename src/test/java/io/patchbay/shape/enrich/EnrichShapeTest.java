package io.patchbay.shape.enrich;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Use;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Body;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import io.patchbay.run.jdbc.RunCaches;
import io.patchbay.shape.AnswerStore;
import io.patchbay.shape.CacheRules;
import io.patchbay.shape.PlacedShape;
import io.patchbay.shape.Plan;
import io.patchbay.shape.Stores;
import io.patchbay.shape.Surroundings;
import io.patchbay.shape.cache.AnswersInCaches;
import io.patchbay.store.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Against a shop that knows the customers a, b and c, and for each SKU an item; its requests are counted. */
@SuppressWarnings("try") // a test that is interrupted while it closes a store ends
class EnrichShapeTest {

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

    private static final String CUSTOMER =
            "{instance: shop, endpoint: customers.read, with: {id: '${record.by}'}, into: customer%s}";
    private static final String ITEM =
            "{instance: shop, endpoint: items.find, with: {skus: '${record.sku}'}, match: {record: sku, answer: code}, into: item%s}";

    @TempDir
    Path home;

    private World world;
    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> asked = new CopyOnWriteArrayList<>();

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
                    .sorted(java.util.Comparator.reverseOrder())
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

    private static String query(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestURI().getQuery());
    }

    private Plan.Endpoint plan(String yaml) {
        return plan(yaml, PlacedShape.surroundings(Map.of(), Map.of(), Map.of(Catalog.class, world.catalog())));
    }

    private static Plan.Endpoint plan(String yaml, Surroundings around) {
        PlacedShape shape = PlacedShape.of(new EnrichShape(), yaml, around);
        assertThat(shape.problems().list()).isEmpty();
        return (Plan.Endpoint) shape.plan();
    }

    private Payload payload(Plan.Endpoint plan, String records) throws Exception {
        return world.answer(plan.uri(), World.payload(records), attempt, (Use)
                plan.properties().get(Use.PROPERTY));
    }

    private String enrich(Plan.Endpoint plan, String records) throws Exception {
        return payload(plan, records).tree().toString();
    }

    private String enrich(String yaml, String records) throws Exception {
        return enrich(plan(yaml), records);
    }

    private List<String> failed() {
        return attempt.failed().stream()
                .map(failed -> failed.index() + " " + failed.why().code())
                .toList();
    }

    @Test
    void asksOnceForWhatSeveralRecordsAskAlikeAndKeepsTheirOrder() throws Exception {
        String out = enrich(CUSTOMER.formatted(""), "[{\"by\":\"b\"},{\"by\":\"a\",\"n\":2},{\"by\":\"b\",\"n\":3}]");

        assertThat(out)
                .isEqualTo(
                        "[{\"by\":\"b\",\"customer\":{\"id\":\"b\"}},{\"by\":\"a\",\"n\":2,\"customer\":{\"id\":\"a\"}},"
                                + "{\"by\":\"b\",\"n\":3,\"customer\":{\"id\":\"b\"}}]");
        assertThat(asked).containsExactly("b", "a");
    }

    @Test
    void putsTheAnswerOfASingleRecordBelowANestedName() throws Exception {
        String yaml = CUSTOMER.formatted("").replace("into: customer", "into: erp.of.customer");

        assertThat(enrich(yaml, "{\"by\":\"a\",\"erp\":{\"x\":1}}"))
                .isEqualTo("{\"by\":\"a\",\"erp\":{\"x\":1,\"of\":{\"customer\":{\"id\":\"a\"}}}}");
        assertThat(enrich(yaml, "[{\"by\":\"a\",\"erp\":7},{\"by\":\"c\"}]"))
                .isEqualTo("[{\"by\":\"c\",\"erp\":{\"of\":{\"customer\":{\"id\":\"c\"}}}}]");
        assertThat(failed()).containsExactly("0 NOT_AN_OBJECT");
    }

    @Test
    void aRecordForWhichNothingIsFoundGoesOnIsDroppedOrFails() throws Exception {
        String in = "[{\"by\":\"x\"},{\"by\":\"a\"}]";

        assertThat(enrich(CUSTOMER.formatted(""), in)).startsWith("[{\"by\":\"x\",\"customer\":null},");
        assertThat(enrich(CUSTOMER.formatted(", onMany: all"), in))
                .isEqualTo("[{\"by\":\"x\",\"customer\":[]},{\"by\":\"a\",\"customer\":[{\"id\":\"a\"}]}]");
        assertThat(enrich(CUSTOMER.formatted(", onNone: drop"), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}}]");
        assertThat(attempt.failed()).isEmpty();
        assertThat(enrich(CUSTOMER.formatted(", onNone: fail"), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}}]");
        assertThat(failed()).containsExactly("0 NO_MATCH");
        assertThat(attempt.failed().get(0).why()).hasMessageContaining("record 1: nothing was found");
    }

    @Test
    void aPayloadThatIsOneRecordFailsAsAWhole() {
        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onNone: fail"), "{\"by\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("nothing was found for the record");
    }

    @Test
    void nothingGoesOnWhereNoRecordIsLeft() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", onNone: drop"));

        assertThat(world.call(plan.uri(), World.payload("[{\"by\":\"x\"}]"), attempt, (Use)
                                plan.properties().get(Use.PROPERTY))
                        .getMessage()
                        .getBody())
                .isNull();
        assertThat(enrich(plan, "[]")).isEqualTo("[]");
    }

    @Test
    void severalFoundAreTheFirstAllOrAFailure() throws Exception {
        world.serve("/api/search", exchange -> World.json(exchange, 200, "[{\"id\":1},{\"id\":2}]"));
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.name}'}, into: hit%s}";
        String in = "[{\"name\":\"x\"}]";

        assertThat(enrich(yaml.formatted(""), in)).isEqualTo("[{\"name\":\"x\",\"hit\":{\"id\":1}}]");
        assertThat(attempt.log()).anyMatch(line -> line.contains("1 were passed over"));
        assertThat(enrich(yaml.formatted(", onMany: all"), in))
                .isEqualTo("[{\"name\":\"x\",\"hit\":[{\"id\":1},{\"id\":2}]}]");
        assertThatThrownBy(() -> enrich(yaml.formatted(", onMany: fail"), "{\"name\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("several were found");
    }

    @Test
    void aRequestThatStaysFailedFailsThePayloadOrTheRecordOrNothing() throws Exception {
        String in = "[{\"by\":\"a\"},{\"by\":\"bad\"},{\"by\":\"b\"},{\"by\":\"bad\"}]";

        assertThat(enrich(CUSTOMER.formatted(""), in))
                .isEqualTo("[{\"by\":\"a\",\"customer\":{\"id\":\"a\"}},{\"by\":\"b\",\"customer\":{\"id\":\"b\"}}]");
        assertThat(failed()).containsExactly("1 HTTP_400", "3 HTTP_400");
        assertThat(asked).containsExactly("a", "bad", "b");
        assertThat(enrich(CUSTOMER.formatted(", onFailure: keep"), in)).contains("{\"by\":\"bad\",\"customer\":null}");
        assertThat(attempt.log()).anyMatch(line -> line.contains("2 records go on without an answer"));
        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onFailure: payload"), in))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("400");
    }

    @Test
    void anOutageIsTriedAgainOnceAndNotForEachQuestion() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        world.serve("/api/search", exchange -> {
            calls.incrementAndGet();
            World.json(exchange, query(exchange).equals("name=up") ? 200 : 503, "[{\"id\":1}]");
        });
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.name}'}, into: hit}";

        assertThat(enrich(yaml, "[{\"name\":\"up\"},{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\"}]"))
                .isEqualTo("[{\"name\":\"up\",\"hit\":{\"id\":1}}]");
        assertThat(calls).hasValue(4);
        assertThat(failed()).containsExactly("1 HTTP_503", "2 HTTP_503", "3 HTTP_503");
        assertThatThrownBy(() -> enrich(yaml, "[{\"name\":\"x\"},{\"name\":\"y\"}]"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("503");
        assertThat(failed()).hasSize(3);
    }

    @Test
    void aListInputIsAskedForManyAtOnceAndItsAnswersArePutBackByKey() throws Exception {
        String in = "[{\"sku\":\"p\"},{\"sku\":\"none\"},{\"sku\":7},{\"sku\":\"p\"},{\"no\":1}]";

        assertThat(enrich(ITEM.formatted(""), in))
                .isEqualTo(
                        "[{\"sku\":\"p\",\"item\":{\"code\":\"p\"}},{\"sku\":\"none\",\"item\":null},"
                                + "{\"sku\":7,\"item\":{\"code\":\"7\"}},{\"sku\":\"p\",\"item\":{\"code\":\"p\"}},{\"no\":1,\"item\":null}]");
        assertThat(asked).containsExactly("p,none,7");
        asked.clear();
        enrich(ITEM.formatted(", batch: 2"), in);
        assertThat(asked).containsExactly("p,none", "7");
        asked.clear();
        enrich(ITEM.formatted(", batch: 1"), in);
        assertThat(asked).containsExactly("p", "none", "7");
    }

    @Test
    void aRecordWithAListOfKeysGetsTheMatchesOfAll() throws Exception {
        String yaml = ITEM.formatted(", onMany: all")
                .replace("record.sku", "record.lines[*].sku")
                .replace("record: sku", "record: 'lines[*].sku'");

        assertThat(enrich(yaml, "[{\"lines\":[{\"sku\":\"p\"},{\"sku\":\"q\"},{\"sku\":\"p\"}]},{\"lines\":[]}]"))
                .endsWith("\"item\":[{\"code\":\"p\"},{\"code\":\"q\"}]},{\"lines\":[],\"item\":[]}]");
        assertThat(asked).containsExactly("p,q");
    }

    private void houses() {
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

    @Test
    void aWholeListIsReadThroughOnceForAPayload() throws Exception {
        houses();
        String yaml = "{instance: shop, endpoint: houses.list, match: {record: land, answer: code}, into: house%s}";
        String in = "[{\"land\":\"UK\"},{\"land\":\"FR\"},{\"land\":\"DE\"},{\"land\":\"UK\"}]";

        assertThat(enrich(yaml.formatted(", onMany: all"), in))
                .startsWith("[{\"land\":\"UK\",\"house\":[{\"code\":\"UK\",\"n\":1},{\"code\":\"UK\",\"n\":3}]},"
                        + "{\"land\":\"FR\",\"house\":[]}");
        assertThat(asked).containsExactly("1", "2", "3");
        assertThatThrownBy(() -> enrich(yaml.formatted(", most: 2, onFailure: payload"), in))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("more than 2 records were answered (most)");
    }

    @Test
    void anAnswerWithoutTheKeyIsAFailureAndNoMiss() {
        assertThatThrownBy(() -> enrich(
                        ITEM.formatted(", onFailure: payload").replace("answer: code", "answer: sku"),
                        "[{\"sku\":\"p\"}]"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("has 'sku' (match.answer)");
    }

    @Test
    void severalRequestsGoAtTheSameTimeAndTheOrderIsKept() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        world.serve("/api/search", exchange -> {
            try {
                both.await(10, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            World.json(exchange, 200, "[{\"q\":\"" + query(exchange) + "\"}]");
        });
        String yaml =
                "{instance: shop, endpoint: customers.search, with: {name: '${record.n}'}, into: hit, concurrency: 2}";

        assertThat(enrich(yaml, "[{\"n\":1},{\"n\":2},{\"n\":3},{\"n\":4}]"))
                .isEqualTo(IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> "{\"n\":%d,\"hit\":{\"q\":\"name=%d\"}}".formatted(n, n))
                        .collect(Collectors.joining(",", "[", "]")));
    }

    @Test
    void answersAreKeptForTheirTimeMissesForTheirsAndFailuresNever() throws Exception {
        SettableClock clock = new SettableClock();
        Surroundings around = new Surroundings("f", clock, Map.of(), Map.of(), Map.of(Catalog.class, world.catalog()));
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m, missesFor: 1m}"), around);
        String in = "[{\"by\":\"a\"},{\"by\":\"x\"},{\"by\":\"bad\"}]";

        String first = enrich(plan, in);
        assertThat(enrich(plan, in)).isEqualTo(first);
        assertThat(asked).containsExactly("a", "x", "bad", "bad");
        clock.forward(Duration.ofMinutes(2));
        enrich(plan, in);
        assertThat(asked.subList(4, asked.size())).containsExactly("x", "bad");
        clock.forward(Duration.ofMinutes(9));
        enrich(plan, in);
        assertThat(asked.subList(6, asked.size())).containsExactly("a", "x", "bad");
    }

    @Test
    void whatIsKeptOfAListIsAskedForNoMore() throws Exception {
        Plan.Endpoint plan = plan(ITEM.formatted(", cache: {keepFor: 10m}"));

        enrich(plan, "[{\"sku\":\"p\"},{\"sku\":\"none\"}]");
        assertThat(enrich(plan, "[{\"sku\":\"q\"},{\"sku\":\"none\"},{\"sku\":\"p\"}]"))
                .isEqualTo("[{\"sku\":\"q\",\"item\":{\"code\":\"q\"}},{\"sku\":\"none\",\"item\":null},"
                        + "{\"sku\":\"p\",\"item\":{\"code\":\"p\"}}]");
        assertThat(asked).containsExactly("p,none", "q");
    }

    @Test
    void aWholeListIsKeptForKeysThatComeLater() throws Exception {
        houses();
        Plan.Endpoint plan = plan("{instance: shop, endpoint: houses.list, match: {record: land, answer: code},"
                + " into: house, cache: {keepFor: 1h}}");

        enrich(plan, "[{\"land\":\"UK\"}]");
        assertThat(enrich(plan, "[{\"land\":\"DE\"}]"))
                .isEqualTo("[{\"land\":\"DE\",\"house\":{\"code\":\"DE\",\"n\":2}}]");
        assertThat(asked).containsExactly("1", "2", "3");
    }

    @Test
    void keptAnswersAreBoundedInBytes() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m, most: 1B}"));

        enrich(plan, "[{\"by\":\"a\"}]");
        enrich(plan, "[{\"by\":\"a\"}]");

        assertThat(asked).containsExactly("a", "a");
    }

    private Surroundings around(RunCaches caches, CacheRules rules) {
        return PlacedShape.surroundings(
                Map.of(),
                Map.of(),
                Map.of(
                        Catalog.class, world.catalog(),
                        AnswerStore.class, new AnswersInCaches(caches.caches()),
                        Stores.class, new Stores(Map.of("kept", rules), Map.of())));
    }

    private static CacheRules rules(int entries) {
        return new CacheRules(CacheRules.Scope.FLOW, Duration.ofDays(1), DataSize.ofMegabytes(1), entries);
    }

    @Test
    void aDeclaredCacheIsSharedAndKeepsMissesToo() throws Exception {
        try (RunCaches caches = RunCaches.in(home.resolve("caches"))) {
            Surroundings around = around(caches, rules(1000));
            String yaml = ", cache: {name: kept, keepFor: 10m}";

            String one = enrich(plan(ITEM.formatted(yaml), around), "[{\"sku\":\"p\"},{\"sku\":\"none\"}]");
            assertThat(enrich(plan(ITEM.formatted(yaml), around), "[{\"sku\":\"p\"},{\"sku\":\"none\"}]"))
                    .isEqualTo(one);
            enrich(plan(ITEM.formatted(yaml + ", onMany: all"), around), "[{\"sku\":\"p\"}]");

            assertThat(asked).containsExactly("p,none", "p");
            assertThat(attempt.log()).isEmpty();
        }
    }

    @Test
    void aFullCacheIsToldAndTheEndpointIsAsked() throws Exception {
        try (RunCaches caches = RunCaches.in(home.resolve("caches"))) {
            Plan.Endpoint plan =
                    plan(CUSTOMER.formatted(", cache: {name: kept, keepFor: 10m}"), around(caches, rules(1)));

            assertThat(enrich(plan, "[{\"by\":\"a\"},{\"by\":\"b\"}]")).contains("{\"id\":\"b\"}");

            assertThat(asked).containsExactly("a", "b");
            assertThat(attempt.log()).anyMatch(line -> line.contains("answers are not kept") && line.contains("kept"));
        }
    }

    @Test
    void whatAnInstanceAnsweredThatWasChangedSinceIsNotUsed() throws Exception {
        Plan.Endpoint plan = plan(CUSTOMER.formatted(", cache: {keepFor: 10m}"));
        enrich(plan, "[{\"by\":\"a\"}]");
        String file = "connectors/shop/instances/shop.yaml";
        world.write(file, java.nio.file.Files.readString(home.resolve(file)) + "# another account\n");
        world.reload();

        enrich(plan, "[{\"by\":\"a\"}]");

        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void aPauseOfTheInstanceIsNoAnswerAndNoFailure() {
        world.pause("an operator looks at it");

        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(", onFailure: keep"), "[{\"by\":\"a\"},{\"by\":\"b\"}]"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.isPaused()).isTrue());
        assertThat(asked).isEmpty();
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void aStatusThatARuleSpeaksOfIsNoMiss() throws Exception {
        world.rewrite(
                "errorHandler: {",
                "errorHandler: {rules: [{match: {status: [404]}, action: fail, message: Wrong shop}], ");

        assertThatThrownBy(() -> enrich(CUSTOMER.formatted(""), "{\"by\":\"x\"}"))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("Wrong shop");
    }

    @Test
    void tenThousandRecordsWithAHundredKeysMakeAHundredRequestsOrTwo() throws Exception {
        String in = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"sku\":\"s" + i % 100 + "\"}")
                .collect(Collectors.joining(",", "[", "]"));

        Payload one = payload(plan(ITEM.formatted(", batch: 1")), in);
        assertThat(asked).hasSize(100);
        asked.clear();
        Payload many = payload(plan(ITEM.formatted("")), in);

        assertThat(asked).hasSize(2);
        assertThat(many.tree()).isEqualTo(one.tree()).hasSize(10_000);
        assertThat(many.tree().at("/9999/item/code").asText()).isEqualTo("s99");
        assertThat(many.body()).isInstanceOf(Body.Tree.class);
    }

    @Test
    void aRunThatIsToldToStopKeepsThePayload() throws Exception {
        world.serve("/api/search", exchange -> {
            attempt.stopRun();
            World.json(exchange, 200, "[]");
        });
        String yaml = "{instance: shop, endpoint: customers.search, with: {name: '${record.n}'}, into: hit}";

        assertThatThrownBy(() -> enrich(yaml, "[{\"n\":1},{\"n\":2}]"))
                .isInstanceOfSatisfying(
                        StepException.class, why -> assertThat(why.isHeld()).isTrue());
    }
}
