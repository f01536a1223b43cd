package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.Pull;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cursors that stand in the path, and lists that end by a condition. */
class PagingPlacesTest extends ListPulls {

    private static final String RECORDS = "recordSelector: {path: '$.items[*]'}\n";

    private final List<String> paths = new CopyOnWriteArrayList<>();

    /** Serves three pages below {@code /api/items}; the last part of the path, if there is one, is where a page begins. */
    private void serve(boolean counted) {
        lists.serve(exchange -> {
            String path = exchange.getRequestURI().getRawPath();
            paths.add(path);
            String last = path.substring(path.lastIndexOf('/') + 1).replaceAll(".*%2F|[^0-9]", "");
            int number = last.isEmpty() ? 1 : Integer.parseInt(last);
            int from = counted ? number * 3 - 2 : number;
            String more = from + 3 > Lists.RECORDS ? "" : ",\"next\":\"c/" + (from + 3) + "\"";
            World.json(exchange, 200, Lists.page(from, 3, more));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'/items/${page.at}', /api/items",
        "'/items/${page.at ?? ''start''}', /api/items/start",
        "'/items/from-${page.at ?? ''1''}', /api/items/from-1"
    })
    void putsACursorIntoThePath(String path, String first) throws Exception {
        lists.endpoint("GET", "\"" + path + "\"", RECORDS + """
                paginator: {type: cursor, cursorPath: '$.next', inject: {into: path, name: at}}
                """);
        serve(false);

        List<Pull.Element> all = lists.pullsAll();

        assertThat(paths).hasSize(3).startsWith(first);
        assertThat(paths.get(1)).endsWith("c%2F4");
        assertThat(Lists.ids(lists.pullBehind(all, 2))).containsExactly(7);
    }

    @Test
    void putsAPageNumberIntoTheMiddleOfThePath() throws Exception {
        lists.endpoint("GET", "'/items/${page.number}'", RECORDS + """
                paginator: {type: pageNumber, pageSize: 3, pageSizeParam: limit, inject: {into: path, name: number}}
                """);
        serve(true);

        lists.pullsAll();

        assertThat(paths).containsExactly("/api/items/1", "/api/items/2", "/api/items/3", "/api/items/4");
        assertThat(lists.asked()).containsOnly("limit=3");
    }

    @Test
    void refusesACursorThatWouldLeaveItsPartOfThePath() throws Exception {
        lists.endpoint("GET", "'/items/${page.at}'", RECORDS + """
                paginator: {type: cursor, cursorPath: '$.next', inject: {into: path, name: at}}
                """);
        lists.serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, ",\"next\":\"..\"")));

        assertThat(lists.failure().code()).isEqualTo("BAD_PATH");
        assertThat(lists.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{field: state, is: done}; 2",
                "{field: $.state, in: [done, gone]}; 2",
                "{field: page, atLeast: 3}; 3",
                "{not: {field: 'items[*].id', contains: 1}}; 2",
                "{field: page, is: '${payload.pages}'}; 1",
                "{field: until, after: '-1d'}; 1"
            })
    void endsWhereAConditionHoldsForTheAnswer(String condition, int pages) throws Exception {
        lists.list(RECORDS + "paginator: {type: pageNumber, stopWhen: expression, expression: " + condition
                + ", inject: {into: query, name: page}}");
        lists.serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(
                    exchange,
                    200,
                    "{\"items\":[{\"id\":%d}],\"state\":\"%s\",\"page\":%d,\"pages\":1,\"until\":\"2999-01-01T00:00:00Z\"}"
                            .formatted(page, page == 2 ? "done" : "more", page));
        });

        assertThat(lists.pull()).hasSize(pages + 1);
        assertThat(lists.asked()).hasSize(pages);
    }

    @ParameterizedTest
    @CsvSource({"stopWhen: emptyPage, 2", "'stopWhen: shortPage, pageSize: 1', 2", "stopWhen: noCursor, 3"})
    void endsALinkedListWhereItIsTold(String stop, int requests) throws Exception {
        lists.list(RECORDS + "paginator: {type: nextUrl, cursorPath: '$.next', " + stop + "}");
        lists.serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).getOrDefault("page", "1"));
            String next = page < 3 ? ",\"next\":\"?page=" + (page + 1) + "\"" : "";
            World.json(exchange, 200, "{\"items\":[" + (page == 2 ? "" : "{\"id\":1}") + "]" + next + "}");
        });

        assertThat(lists.pull().get(1)).isInstanceOfAny(Pull.End.class, Pull.Page.class);
        assertThat(lists.asked()).hasSize(requests);
    }

    @Test
    void failsWhenTheConditionDoesNotFitTheAnswer() throws Exception {
        lists.list(RECORDS + "paginator: {type: pageNumber, stopWhen: expression,"
                + " expression: {field: left, as: number, is: 0}, inject: {into: query, name: page}}");
        lists.serve(exchange -> World.json(exchange, 200, Lists.page(1, 3, ",\"left\":\"many\"")));

        assertThat(lists.failure().getMessage()).contains("left");
    }

    @Test
    void findsAPathWithoutAPlaceForTheCursor() throws Exception {
        String cursor = "paginator: {type: cursor, cursorPath: '$.next', inject: {into: path, name: at}}\n";
        assertThat(lists.problems("GET", "/items", cursor))
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("connector.yaml:9:")
                        .contains("no place for the cursor")
                        .contains("like /items/${page.at}"));
        assertThat(lists.problems("GET", "'/items/${page.att}'", cursor))
                .anySatisfy(problem ->
                        assertThat(problem).contains("connector.yaml:8:").contains("the paginator sets 'at'"));
        assertThat(lists.problems("GET", "'/a/${page.at}/b'", cursor))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("${page.at ?? 'first'}"));
        assertThat(lists.problems("GET", "'/a/${page.at}'", ""))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("'page' cannot be read here"));
    }

    @Test
    void findsAConditionThatCannotEndTheList() throws Exception {
        String counted = "paginator: {type: pageNumber, inject: {into: query, name: p}, ";
        assertThat(lists.problems("GET", "/x", counted + "stopWhen: expression}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("needs expression: {field"));
        assertThat(lists.problems("GET", "/x", counted + "expression: {field: a, is: '${flow.b}'}}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("'flow' cannot be read here"))
                .anySatisfy(problem -> assertThat(problem).contains("with stopWhen: expression only"));
        assertThat(lists.problems("GET", "/x", counted + "stopWhen: expression, expression: {field: a, eq: 1}}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("did you mean 'is'?"));
        assertThat(lists.problems(
                        "GET",
                        "/x",
                        "paginator: {type: nextUrl, cursorPath: '$.n', totalPath: '$.t', stopWhen: totalReached}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("belongs to lists that are counted"));
    }
}
