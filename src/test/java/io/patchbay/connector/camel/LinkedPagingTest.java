package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Growing;
import io.patchbay.connector.Use;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists whose answers name the address of the next page. */
class LinkedPagingTest extends ListPulls {

    private static final String RELATIVE = """
            recordSelector: {path: '$.items[*]'}
            paginator: {type: relativeUri, cursorPath: '$.next', pageSize: 3, pageSizeParam: limit, maxPages: 5}
            """;

    private void odata(String records, String more) throws Exception {
        lists.list("recordSelector: {path: '%s'}\npaginator: {type: odataNextLink, maxPages: 5%s}"
                .formatted(records, more));
    }

    /** Serves three pages; {@code $FROM} in the text stands for the next page's first record, {@code $PORT} for the port. */
    private void serve(String records, String link) {
        lists.serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("from", "1"));
            String more = from + 3 > Lists.RECORDS
                    ? ""
                    : link.replace("$FROM", String.valueOf(from + 3))
                            .replace("$PORT", String.valueOf(lists.world().port()));
            World.json(
                    exchange,
                    200,
                    records.replace("$ITEMS", Lists.items(from, 3)).replace("$LINK", more));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"?from=$FROM", "/api/items?from=$FROM", "items?from=$FROM", "./x/../items?from=$FROM"})
    void followsAPathOrQueryRelativeToTheRequest(String link) throws Exception {
        lists.list(RELATIVE);
        serve("{\"items\":$ITEMS$LINK}", ",\"next\":\"" + link + "\"");

        List<Pull.Element> all = lists.pullsAll();

        assertThat(lists.asked()).containsExactly("limit=3", "from=4", "from=7");
        assertThat(Lists.ids(lists.pullBehind(all, 1))).containsExactly(4, 5, 6, 7);
        assertThat(Lists.ids(lists.pullBehind(all, 3))).isEmpty();
    }

    @Test
    void asksForSmallerPagesWhenAFlowSaysSo() throws Exception {
        lists.list(RELATIVE);
        serve("{\"items\":$ITEMS$LINK}", ",\"next\":\"?from=$FROM\"");
        Use smaller = new Use(Map.of(), new Use.Response(), false, null, Growing.AS_DECLARED.inPagesOf(2));

        lists.world().pull(Lists.URI, new FakeAttempt(Map.of(), Map.of(), null, 0), smaller);

        assertThat(lists.asked()).first().isEqualTo("limit=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:$PORT/api/items?from=4",
                "//127.0.0.1:$PORT/api/items?from=4",
                "//evil.example.com/items",
                " //evil.example.com/items",
                "/\\\\\\\\evil.example.com/items",
                "https:evil.example.com",
                "javascript:alert(1)"
            })
    void refusesARelativeAddressThatNamesAHost(String link) throws Exception {
        lists.list(RELATIVE);
        serve("{\"items\":$ITEMS$LINK}", ",\"next\":\"" + link + "\"");

        StepException why = lists.failure();

        assertThat(why.code()).isIn("FOREIGN_LINK", "BAD_LINK");
        assertThat(why.owner()).isEqualTo(Owner.REMOTE);
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void noticesARelativeAddressThatLeadsBack() throws Exception {
        lists.list(RELATIVE);
        lists.serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, ",\"next\":\"?from=1\"")));

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "$.value[*]; {\"value\":$ITEMS$LINK}; ,\"@odata.nextLink\":\"http://127.0.0.1:$PORT/api/items?from=$FROM\"",
                "$.value[*]; {\"value\":$ITEMS$LINK}; ,\"@nextLink\":\"items?from=$FROM\"",
                "$.value[*]; {\"odata.metadata\":\"/api/$metadata#x\",\"value\":$ITEMS$LINK};"
                        + " ,\"odata.nextLink\":\"items?from=$FROM\"",
                "$.d.results[*]; {\"d\":{\"results\":$ITEMS$LINK}};"
                        + " ,\"__next\":\"http://127.0.0.1:$PORT/api/items?from=$FROM\""
            })
    void followsTheNextLinkOfEachVersionOfOData(String records, String answer, String link) throws Exception {
        odata(records, "");
        serve(answer, link);

        List<Pull.Element> all = lists.pullsAll();

        assertThat(lists.asked()).containsExactly("null", "from=4", "from=7");
        assertThat(Lists.ids(lists.pullBehind(all, 2))).containsExactly(7);
    }

    @Test
    void resolvesANextLinkAgainstTheContextOfTheAnswer() throws Exception {
        odata("$.value[*]", "");
        AtomicInteger elsewhere = new AtomicInteger();
        lists.world().serve("/api/v4/items", exchange -> {
            elsewhere.incrementAndGet();
            World.json(exchange, 200, "{\"value\":" + Lists.items(4, 4) + "}");
        });
        lists.serve(exchange -> World.json(
                exchange,
                200,
                "{\"@odata.context\":\"http://127.0.0.1:%d/api/v4/$metadata#items(id,'a b')\",\"value\":%s,\"@odata.nextLink\":\"items?$skiptoken='4:x'\"}"
                        .formatted(lists.world().port(), Lists.items(1, 3))));

        lists.pullsAll();

        assertThat(elsewhere).hasValue(1);
    }

    @Test
    void asksForThePageSizeOfODataInEveryRequest() throws Exception {
        odata("$.value[*]", ", pageSize: 3");
        serve("{\"value\":$ITEMS$LINK}", ",\"@odata.nextLink\":\"?from=$FROM\"");

        lists.pullsAll();

        assertThat(lists.preferred())
                .containsExactly("odata.maxpagesize=3", "odata.maxpagesize=3", "odata.maxpagesize=3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"@odata.nextLink\":\"https://evil.example.com/items\"; evil.example.com",
                "\"@odata.context\":\"https://evil.example.com/$metadata\",\"@odata.nextLink\":\"items\"; evil.example.com"
            })
    void refusesANextLinkToAnotherHost(String links, String host) throws Exception {
        odata("$.value[*]", "");
        lists.serve(exchange -> World.json(exchange, 200, "{\"value\":" + Lists.items(1, 3) + "," + links + "}"));

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo("FOREIGN_LINK");
        assertThat(why.getMessage()).contains("leads to host '" + host + "'");
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void noticesANextLinkThatLeadsBackAndAListThatDoesNotEnd() throws Exception {
        odata("$.value[*]", "");
        AtomicInteger calls = new AtomicInteger();
        lists.serve(exchange -> World.json(
                exchange,
                200,
                "{\"value\":[{}],\"@odata.nextLink\":\"?from=" + Math.min(calls.incrementAndGet(), 3) + "\"}"));

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");

        calls.set(-100);
        assertThat(lists.failure().code()).isEqualTo("TOO_MANY_PAGES");
    }

    @Test
    void saysWhatALinkedListHasNoUseFor() throws Exception {
        assertThat(lists.problems("GET", "/x", "paginator: {type: relativeUri, inject: {into: query, name: p}}\n"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("[MISSING_KEY]").contains("cursorPath"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("connector.yaml:9:")
                        .contains("[NOT_HERE]")
                        .contains("use type cursor"));
        assertThat(lists.problems("GET", "/x", "paginator: {type: odataNextLink, pageSize: 5, pageSizeParam: $top}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("[NOT_HERE]")
                        .contains("header Prefer")
                        .contains("$top would cut the whole list"));
    }
}
