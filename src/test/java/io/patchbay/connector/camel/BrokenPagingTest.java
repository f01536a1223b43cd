package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose pages fail, lead astray or do not end. */
class BrokenPagingTest extends PagingWorld {

    private static final String NONE_OF_THEM = "filter: {field: id, is: none}";

    @Test
    void triesAPageAgain() throws Exception {
        list("{type: pageNumber, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: page}}");
        AtomicInteger calls = new AtomicInteger();
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            if (calls.incrementAndGet() % 3 != 0) {
                World.json(exchange, 503, "");
            } else {
                World.json(exchange, 200, Lists.page(page * 3 - 2, 3, ""));
            }
        });

        pullsAll();

        assertThat(attempt.requests()).hasSize(9);
    }

    @Test
    void obeysRetryAfterInAStormOf429() throws Exception {
        list("{type: pageNumber, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: page}}");
        List<Long> times = new CopyOnWriteArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        serve(exchange -> {
            times.add(System.nanoTime());
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            if (calls.incrementAndGet() <= 2) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                World.json(exchange, 429, "");
            } else {
                World.json(exchange, 200, Lists.page(page * 3 - 2, 3, ""));
            }
        });

        pullsAll();

        assertThat(times.get(1) - times.get(0)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(990));
        assertThat(times.get(2) - times.get(1)).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(990));
        assertThat(attempt.requests()).extracting(log -> log.status()).startsWith(429, 429, 200);
    }

    @Test
    void givesUpAfterTheTriesOfTheDefinition() throws Exception {
        list("{type: pageNumber, pageSize: 3, inject: {into: query, name: page}}");
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, page == 2 ? 500 : 200, Lists.page(page * 3 - 2, 3, ""));
        });

        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);

        assertThat(Lists.ids(elements)).containsExactly(1, 2, 3);
        StepException why = ((Pull.Failed) elements.get(1)).why();
        assertThat(why.code()).isEqualTo("HTTP_500");
        assertThat(asked).containsExactly("page=1", "page=2", "page=2", "page=2");
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example.com/items?page=2, leads to host 'evil.example.com'",
        "http://127.0.0.1.evil.example.com/x, leads to host '127.0.0.1.evil.example.com'",
        "http://user:pw@127.0.0.1:PORT/api/items, is not a plain http address",
        "http://127.0.0.1:1/api/items, leads to port 1",
        "ftp://127.0.0.1/x, is not a plain http address",
        "file:///etc/passwd, is not a plain http address",
        "http://[::1]/x, leads to host '[::1]'",
        "http://2130706433/x, leads to host '2130706433'"
    })
    void refusesALinkThatLeadsElsewhere(String link, String reason) throws Exception {
        list("{type: nextUrl, cursorPath: '$.next'}");
        String url = link.replace("PORT", String.valueOf(world.port()));
        serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, ",\"next\":\"" + url + "\"")));

        StepException why = failure();

        assertThat(why.code()).isEqualTo("FOREIGN_LINK");
        assertThat(why.owner()).isEqualTo(Owner.REMOTE);
        assertThat(why.getMessage()).contains(reason);
        assertThat(asked).hasSize(1);
    }

    @Test
    void noticesACursorThatLeadsBack() throws Exception {
        list("{type: cursor, cursorPath: '$.next', inject: {into: query, name: after}}");
        serve(exchange -> {
            String after = Lists.query(exchange).getOrDefault("after", "0");
            World.json(exchange, 200, Lists.page(1, 3, ",\"next\":\"" + (Integer.parseInt(after) + 1) % 4 + "\""));
        });

        StepException why = failure();

        assertThat(why.code()).isEqualTo("REPEATED_CURSOR");
        assertThat(asked.size()).isLessThanOrEqualTo(6);
    }

    @Test
    void noticesASystemThatDoesNotLookAtThePageNumber() throws Exception {
        list("{type: pageNumber, pageSize: 3, inject: {into: query, name: page}}");
        serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, "")));

        assertThat(failure().code()).isEqualTo("REPEATED_PAGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: pageNumber, pageSize: 3, inject: {into: query, name: page}",
                "type: offset, pageSize: 3, inject: {into: query, name: skip}"
            })
    void noticesThatAlsoWhereTheFilterOfTheEndpointTakesNoneOfItsRecords(String paginator) throws Exception {
        list("{" + paginator + "}", NONE_OF_THEM);
        serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, "")));

        assertThat(failure().code()).isEqualTo("REPEATED_PAGE");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aListOfWhichTheFilterTakesNothingEndsWhereTheSystemEndsIt() throws Exception {
        list("{type: pageNumber, pageSize: 3, inject: {into: query, name: page}}", NONE_OF_THEM);
        serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).getOrDefault("page", "1"));
            World.json(exchange, 200, page < 4 ? Lists.page(page, 3, "") : "{\"items\":[]}");
        });

        assertThat(world.pull(Lists.URI, attempt, null)).singleElement().isInstanceOf(Pull.End.class);
        assertThat(asked).hasSize(4);
    }

    @Test
    void noticesAListThatDoesNotEnd() throws Exception {
        list("{type: cursor, cursorPath: '$.next', maxPages: 5, inject: {into: query, name: after}}");
        AtomicInteger calls = new AtomicInteger();
        serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, ",\"next\":" + calls.incrementAndGet())));

        StepException why = failure();

        assertThat(why.code()).isEqualTo("TOO_MANY_PAGES");
        assertThat(why.owner()).isEqualTo(Owner.LIMIT);
    }

    @Test
    void saysThatAPageIsHtml() throws Exception {
        list("{type: pageNumber, pageSize: 3, inject: {into: query, name: page}}");
        serve(exchange -> World.answer(exchange, 200, "text/html", "<html>Down for maintenance</html>"));

        assertThat(failure().getMessage()).contains("a page of HTML");
    }
}
