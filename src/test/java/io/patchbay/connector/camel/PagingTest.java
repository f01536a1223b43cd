package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.Pull;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest extends PagingWorld {

    @Test
    void countsPages() throws Exception {
        list("{type: pageNumber, pageSize: 3, pageSizeParam: limit, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page(page * 3 - 2, 3, ""));
        });

        pullsAll();

        assertThat(asked).containsExactly("limit=3&page=1", "limit=3&page=2", "limit=3&page=3", "limit=3&page=4");
    }

    @Test
    void stopsAtAShortPageWhenToldTo() throws Exception {
        list("{type: pageNumber, pageSize: 3, start: 0, stopWhen: shortPage, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page(page * 3 + 1, 3, ""));
        });

        pullsAll();

        assertThat(asked).containsExactly("page=0", "page=1", "page=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"totalPath: '$.count'; ,\"count\":7", "hasMorePath: '$.more'; ,\"more\":MORE"})
    void countsRecords(String how, String more) throws Exception {
        list("{type: offset, pageSize: 3, " + how + ", inject: {into: query, name: offset}}");
        serve(exchange -> {
            int offset = Integer.parseInt(Lists.query(exchange).get("offset"));
            World.json(exchange, 200, Lists.page(offset + 1, 3, more.replace("MORE", String.valueOf(offset < 6))));
        });

        pullsAll();

        assertThat(asked).containsExactly("offset=0", "offset=3", "offset=6");
    }

    @Test
    void losesNoRecordOfASystemThatGivesFewerThanAsked() throws Exception {
        list("{type: offset, pageSize: 100, inject: {into: query, name: offset}}");
        serve(exchange -> {
            int offset = Integer.parseInt(Lists.query(exchange).get("offset"));
            World.json(exchange, 200, Lists.page(offset + 1, 2, ""));
        });

        pullsAll();
    }

    @Test
    void followsACursor() throws Exception {
        list("{type: cursor, cursorPath: '$.meta.next', inject: {into: query, name: after}}");
        serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("after", "1"));
            String next = from + 3 > Lists.RECORDS ? "null" : "\"" + (from + 3) + "\"";
            World.json(exchange, 200, Lists.page(from, 3, ",\"meta\":{\"next\":" + next + "}"));
        });

        pullsAll();

        assertThat(asked).containsExactly("null", "after=4", "after=7");
    }

    @Test
    void putsACursorIntoABody() throws Exception {
        world.shop("""
                items.list:
                  kind: read
                  method: POST
                  path: /items
                  request: {body: {template: {filter: {region: '${settings.region}'}}}}
                  recordSelector: {path: '$.items[*]'}
                  paginator: {type: cursor, cursorPath: '$.next', inject: {into: bodyJson, name: cursor}}
                """);
        List<String> bodies = new CopyOnWriteArrayList<>();
        world.serve("/api/items", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            World.json(
                    exchange, 200, body.contains("cursor") ? Lists.page(4, 4, "") : Lists.page(1, 3, ",\"next\":17"));
        });

        pullsAll();

        assertThat(bodies)
                .containsExactly("{\"filter\":{\"region\":\"eu\"}}", "{\"filter\":{\"region\":\"eu\"},\"cursor\":17}");
    }

    @Test
    void followsTheUrlInABodyAlsoARelativeOne() throws Exception {
        list("{type: nextUrl, cursorPath: '$.next', pageSize: 3, pageSizeParam: limit}");
        serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("from", "1"));
            String base = from == 1 ? "http://127.0.0.1:" + world.port() + "/api/items" : "";
            String next = from + 3 > Lists.RECORDS ? "" : ",\"next\":\"" + base + "?from=" + (from + 3) + "\"";
            World.json(exchange, 200, Lists.page(from, 3, next));
        });

        pullsAll();

        assertThat(asked).containsExactly("limit=3", "from=4", "from=7");
    }

    @Test
    void followsALinkHeader() throws Exception {
        list("{type: linkHeader, pageSize: 3, pageSizeParam: limit}");
        serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("page_info", "1"));
            String base = "<http://127.0.0.1:" + world.port() + "/api/items?page_info=";
            String previous = base + "1>; rel=\"previous\"";
            String next = base + (from + 3) + ">; title=\"a, b\"; rel=\"x next\"";
            exchange.getResponseHeaders()
                    .set("Link", from + 3 > Lists.RECORDS ? previous : from == 1 ? next : previous + ", " + next);
            World.json(exchange, 200, Lists.page(from, 3, ""));
        });

        pullsAll();

        assertThat(asked).containsExactly("limit=3", "page_info=4", "page_info=7");
    }

    @Test
    void numbersItsPagesAndKeepsTheEnvelope() throws Exception {
        list("{type: cursor, cursorPath: '$.next', inject: {into: query, name: after}}");
        serve(exchange -> World.json(
                exchange,
                200,
                Lists.query(exchange).isEmpty() ? Lists.page(1, 3, ",\"next\":4") : Lists.page(4, 4, ",\"total\":7")));

        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);

        Payload second = ((Pull.Page) elements.get(1)).payload();
        assertThat(((Pull.Page) elements.get(0)).payload().lineage()).hasToString("run-1/it#0");
        assertThat(second.lineage()).hasToString("run-1/it#1");
        assertThat(second.recordPath()).hasToString("$.items[*]");
        assertThat(second.tree().path("total").asInt()).isEqualTo(7);
        assertThat(attempt.requests()).hasSize(2);
    }

    @Test
    void goesOnBehindTheLastDeliveredPage() throws Exception {
        list("{type: pageNumber, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page(page * 3 - 2, 3, ""));
        });
        List<Pull.Element> all = world.pull(Lists.URI, attempt, null);

        FakeAttempt afterFirst = new FakeAttempt(Map.of(), Map.of(), ((Pull.Page) all.get(0)).next(), 1);
        List<Pull.Element> rest = world.pull(Lists.URI, afterFirst, null);
        FakeAttempt afterLast = new FakeAttempt(Map.of(), Map.of(), ((Pull.Page) all.get(2)).next(), 3);
        List<Pull.Element> nothing = world.pull(Lists.URI, afterLast, null);

        assertThat(Lists.ids(rest)).containsExactly(4, 5, 6, 7);
        assertThat(((Pull.Page) rest.get(0)).payload().lineage()).hasToString("run-1/it#1");
        assertThat(nothing).singleElement().isInstanceOf(Pull.End.class);
    }

    @Test
    void leavesOutAPageWithoutRecordsAndGoesOn() throws Exception {
        list("{type: cursor, cursorPath: '$.next', inject: {into: query, name: after}}");
        serve(exchange -> {
            String after = Lists.query(exchange).get("after");
            World.json(
                    exchange,
                    200,
                    after == null
                            ? Lists.page(1, 3, ",\"next\":\"a\"")
                            : after.equals("a") ? "{\"items\":[],\"next\":\"b\"}" : Lists.page(4, 4, ""));
        });

        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);

        assertThat(elements).hasSize(3);
        assertThat(((Pull.Page) elements.get(1)).payload().lineage()).hasToString("run-1/it#1");
    }

    @Test
    void givesAnEmptyPageWhenTheDefinitionWantsIt() throws Exception {
        list("{type: cursor, cursorPath: '$.next', inject: {into: query, name: after}}", "onEmpty: emitParent");
        serve(exchange -> World.json(exchange, 200, "{\"items\":[],\"note\":1}"));

        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);

        assertThat(elements).hasSize(2);
        assertThat(((Pull.Page) elements.get(0)).payload().tree()).hasToString("{\"items\":[],\"note\":1}");
    }

    @Test
    void fetchesOnePageAheadAndNoMore() throws Exception {
        list("{type: pageNumber, pageSize: 1, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page(page, 1, ""));
        });
        Exchange exchange = world.call(Lists.URI, Payload.empty(Lineage.ofRun("run-1")), attempt, null);
        try (Pull pull = (Pull) exchange.getMessage().getBody()) {
            pull.next();

            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> asked.size() == 2);
            Awaitility.await().during(Duration.ofMillis(200)).until(() -> asked.size() == 2);
        }
    }

    @Test
    void endsARequestThatIsOnItsWayWhenThePullIsClosed() throws Exception {
        list("{type: pageNumber, pageSize: 1, inject: {into: query, name: page}}");
        CountDownLatch arrived = new CountDownLatch(1);
        Semaphore end = new Semaphore(0);
        serve(exchange -> {
            arrived.countDown();
            end.acquireUninterruptibly();
        });
        Exchange exchange = world.call(Lists.URI, Payload.empty(Lineage.ofRun("run-1")), attempt, null);
        Pull pull = (Pull) exchange.getMessage().getBody();
        arrived.await(5, TimeUnit.SECONDS);
        long began = System.nanoTime();

        pull.close();
        Pull.Element last = pull.next();
        end.release(100);

        assertThat(((Pull.Failed) last).why().code()).isEqualTo("CANCELLED");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void takesAKeyOutOfALinkThatItKeeps() throws Exception {
        world.shop("{key: {type: apiKey, inject: {into: query, name: key, format: '${settings.token}'}}}", "", """
                items.list:
                  kind: read
                  method: GET
                  path: /items
                  recordSelector: {path: '$.items[*]'}
                  paginator: {type: nextUrl, cursorPath: '$.next'}
                """, "");
        serve(exchange -> {
            boolean first = !Lists.query(exchange).containsKey("from");
            String next =
                    ",\"next\":\"/api/items?from=4&key=" + Lists.query(exchange).get("key") + "\"";
            World.json(exchange, 200, first ? Lists.page(1, 3, next) : Lists.page(4, 4, ""));
        });

        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);

        assertThat(Lists.ids(elements)).hasSize(7);
        assertThat(asked).containsExactly("key=t0ken-value", "from=4&key=t0ken-value");
        assertThat(((Pull.Page) elements.get(0)).next().toString()).doesNotContain("t0ken");
    }

    @Test
    void givesAPlainRouteTheTextOfEachPage() throws Exception {
        list("{type: cursor, cursorPath: '$.next', inject: {into: query, name: after}}");
        serve(exchange -> World.json(
                exchange,
                200,
                Lists.query(exchange).isEmpty() ? Lists.page(1, 1, ",\"next\":4") : Lists.page(7, 1, "")));

        Exchange out = world.context().createProducerTemplate().request(Lists.URI, exchange -> {});

        Iterator<?> pages = (Iterator<?>) out.getMessage().getBody();
        List<Object> texts = new ArrayList<>();
        pages.forEachRemaining(texts::add);
        assertThat(texts).containsExactly("{\"items\":[{\"id\":1}],\"next\":4}", "{\"items\":[{\"id\":7}]}");
    }

    @Test
    void pullsThroughABusyPool() throws Exception {
        list("{type: pageNumber, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page(page * 3 - 2, 3, ""));
        });
        Semaphore busy = new Semaphore(0);
        for (int i = 0; i < 8; i++) {
            world.workers().execute(busy::acquireUninterruptibly);
        }

        pullsAll();

        busy.release(8);
    }
}
