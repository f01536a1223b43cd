package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that go on behind the key of the last record. */
class KeySetTest extends ListPulls {

    private static final String INJECT = "inject: {into: query, name: since}";

    private void list(String paginator) throws Exception {
        lists.list("recordSelector: {path: '$.items[*]', primaryKey: [id]}\npaginator: {type: keyset, %s, %s}"
                .formatted(INJECT, paginator));
    }

    private void serve() {
        lists.serve(exchange -> {
            int since = Integer.parseInt(Lists.query(exchange).getOrDefault("since", "0"));
            World.json(exchange, 200, Lists.page(since + 1, 3, ",\"lastKey\":" + Math.min(since + 3, 7)));
        });
    }

    /** Serves pages of one record with these ids, one after the other, whatever is asked. */
    private void serveIds(String... ids) {
        AtomicInteger calls = new AtomicInteger();
        lists.serve(exchange -> World.json(
                exchange,
                200,
                "{\"items\":[{\"id\":" + ids[Math.min(calls.getAndIncrement(), ids.length - 1)] + "}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "maxPages: 9; null since=3 since=6 since=7",
                "stopWhen: emptyPage, pageSize: 3, start: 0; since=0 since=3 since=6 since=7",
                "pageSize: 3; null since=3 since=6 since=7",
                "stopWhen: shortPage, pageSize: 3; null since=3 since=6",
                "pageSize: 3, cursorPath: '$.lastKey'; null since=3 since=6 since=7",
                "pageSize: 3, pageSizeParam: limit, cursorPath: '$.items[-1].id';"
                        + " limit=3 limit=3&since=3 limit=3&since=6 limit=3&since=7"
            })
    void goesOnBehindTheKeyOfTheLastRecord(String how, String asked) throws Exception {
        list(how);
        serve();

        List<Pull.Element> all = lists.pullsAll();

        assertThat(lists.asked()).containsExactly(asked.split(" "));
        assertThat(Lists.ids(lists.pullBehind(all, 2))).containsExactly(7);
    }

    @Test
    void goesOnBehindAShortPageWhenTheSystemSaysThatThereIsMore() throws Exception {
        list("pageSize: 5, hasMorePath: '$.more'");
        lists.serve(exchange -> {
            int since = Integer.parseInt(Lists.query(exchange).getOrDefault("since", "0"));
            World.json(exchange, 200, Lists.page(since + 1, 3, ",\"more\":" + (since < 6)));
        });

        assertThat(Lists.ids(lists.pull())).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(lists.asked()).containsExactly("null", "since=3", "since=6");
    }

    @Test
    void takesAKeyThatIsATextOrStandsDeeper() throws Exception {
        lists.list("""
                recordSelector: {path: '$[*]', primaryKey: [of.name]}
                paginator: {type: keyset, inject: {into: query, name: since}}
                """);
        lists.serve(exchange -> {
            String since = Lists.query(exchange).getOrDefault("since", "");
            World.json(
                    exchange,
                    200,
                    since.isEmpty()
                            ? "[{\"id\":1,\"of\":{\"name\":\"z&z\"}}]"
                            : since.equals("z&z") ? "[{\"id\":2,\"of\":{\"name\":\"a\"}}]" : "[]");
        });

        assertThat(Lists.ids(lists.pull())).containsExactly(1, 2);
        assertThat(lists.asked()).containsExactly("null", "since=z%26z", "since=a");
    }

    @ParameterizedTest
    @CsvSource({"1 1", "1 2 2", "1 3 2", "9 8 9"})
    void noticesAKeyThatDoesNotAdvance(String ids) throws Exception {
        list("maxPages: 9");
        serveIds(ids.split(" "));

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo("REPEATED_CURSOR");
        assertThat(why.owner()).isEqualTo(Owner.REMOTE);
        assertThat(why.getMessage()).contains("does not advance");
    }

    @Test
    void noticesTextKeysThatGoInACircle() throws Exception {
        list("maxPages: 9");
        serveIds("\"a\"", "\"c\"", "\"b\"", "\"a\"");

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");
    }

    @Test
    void noticesAListThatDoesNotEnd() throws Exception {
        list("maxPages: 4");
        serveIds("1", "2", "3", "4", "5", "6");

        assertThat(lists.failure().code()).isEqualTo("TOO_MANY_PAGES");
    }

    @Test
    void saysThatARecordHasNoKey() throws Exception {
        list("maxPages: 9");
        serveIds("null");

        assertThat(lists.failure().getMessage()).isEqualTo("the last record has no $.id, by which the list is paged");
    }

    @Test
    void findsAKeysetWithoutAKeyBeforeItIsAsked() throws Exception {
        assertThat(lists.problems("GET", "/x", "paginator: {type: keyset}\n"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("connector.yaml:9:")
                        .contains("primaryKey: [id]")
                        .contains("$.items[-1].id"))
                .anySatisfy(problem -> assertThat(problem).contains("needs inject: {into, name}"));
        assertThat(lists.problems(
                        "GET",
                        "/x",
                        "recordSelector: {path: '$', primaryKey: [a, b]}\npaginator: {type: keyset, " + INJECT + "}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("by the 2 fields of its primaryKey"));
    }
}
