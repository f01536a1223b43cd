package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.CursorKind;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that grow: item i of seven was changed on 2026-02-2i at midnight; runs are queued at noon of 2026-03-01. */
class IncrementalTest extends ListPulls {

    private static final String WINDOWS = "incremental: {cursorField: changed, lower: {into: query, name: since},"
            + " upper: {into: query, name: until}, start: 9d";

    private final List<String> windows = new CopyOnWriteArrayList<>();

    private void list(String keys) throws Exception {
        lists.list("recordSelector: {path: '$.items[*]', primaryKey: [id]}\n" + keys);
    }

    private static Instant changed(int item) {
        return Instant.parse("2026-02-2" + item + "T00:00:00Z");
    }

    /** Serves the items from {@code since} to before {@code until}, behind {@code skip}, at most {@code limit}. */
    private void serve() {
        lists.serve(exchange -> World.json(exchange, 200, answer(exchange)));
    }

    private String answer(HttpExchange exchange) {
        Map<String, String> query = Lists.query(exchange);
        String since = query.getOrDefault("since", "2000-01-01T00:00:00Z");
        String until = query.getOrDefault("until", "2100-01-01T00:00:00Z");
        windows.add(brief(since) + ".." + brief(until));
        List<Integer> all = IntStream.rangeClosed(1, Lists.RECORDS)
                .filter(i -> !changed(i).isBefore(Instant.parse(since)))
                .filter(i -> changed(i).isBefore(Instant.parse(until)))
                .boxed()
                .toList();
        return all.stream()
                .skip(Long.parseLong(query.getOrDefault("skip", "0")))
                .limit(Long.parseLong(query.getOrDefault("limit", "100")))
                .map(i -> "{\"id\":%d,\"changed\":\"%s\"}".formatted(i, changed(i)))
                .collect(Collectors.joining(",", "{\"items\":[", "],\"count\":" + all.size() + "}"));
    }

    private static String brief(String time) {
        return time.replace("2026-", "").replaceAll(":00(:00)?Z", "");
    }

    private List<Pull.Element> pull(String cursor) throws Exception {
        return lists.world().pull(Lists.URI, new FakeAttempt().cursor(cursor), null);
    }

    private static Pull.Reached reached(List<Pull.Element> elements) {
        Pull.Element last = elements.get(elements.size() - 1);
        assertThat(last).isInstanceOf(Pull.End.class);
        return ((Pull.End) last).reached();
    }

    @Test
    void readsOnFromTheCursorAndSaysHowFarItCame() throws Exception {
        list("incremental: {cursorField: changed, lower: {into: query, name: since}, lookback: 1d}");
        serve();

        List<Pull.Element> first = pull(null);
        List<Pull.Element> later = pull("2026-02-26T00:00:00Z");

        assertThat(Lists.ids(first)).hasSize(7);
        assertThat(reached(first))
                .isEqualTo(
                        new Pull.Reached("shop", "items.list", "", CursorKind.DATETIME, null, "2026-02-27T00:00:00Z"));
        assertThat(Lists.ids(later)).containsExactly(5, 6, 7);
        assertThat(reached(later).from()).isEqualTo("2026-02-26T00:00:00Z");
        assertThat(lists.asked()).containsExactly("null", "since=2026-02-25T00%3A00%3A00Z");
    }

    @Test
    void tellsListsOfOtherInputsApart() throws Exception {
        list("inputs: {shop: {}, since: {type: instant, default: '-1d'}, all: {required: false}}\n"
                + "incremental: {cursorField: changed, lower: {into: query, name: since}}");
        serve();

        assertThat(reached(lists.world().pull(Lists.URI + "?shop=a", new FakeAttempt(), null))
                        .inputs())
                .isEqualTo("{\"shop\":\"a\",\"since\":\"1969-12-31T00:00:00Z\"}");
        assertThat(reached(lists.world().pull(Lists.URI + "?shop=b&all=x", new FakeAttempt(), null))
                        .inputs())
                .startsWith("{\"all\":\"x\",\"shop\":\"b\",");
    }

    @Test
    void staysWhereItIsWhenNothingIsThereAndNeverGoesBack() throws Exception {
        list("incremental: {cursorField: changed, lower: {into: query, name: since}, lookback: 5d}");
        serve();

        assertThat(reached(pull("2026-02-28T00:00:00Z")).to())
                .as("only late records came")
                .isEqualTo("2026-02-28T00:00:00Z");
        assertThat(reached(pull("2026-04-28T00:00:00Z")).to()).isEqualTo("2026-04-28T00:00:00Z");
    }

    @Test
    void readsWindowAfterWindowAndThePagesOfEach() throws Exception {
        list(WINDOWS + ", step: 3d}\npaginator: {type: offset, pageSize: 2, pageSizeParam: limit,"
                + " totalPath: '$.count', inject: {into: query, name: skip}}");
        serve();

        List<Pull.Element> all = lists.pullsAll();

        assertThat(windows)
                .containsExactly(
                        "02-20T12..02-23T12",
                        "02-20T12..02-23T12",
                        "02-23T12..02-26T12",
                        "02-23T12..02-26T12",
                        "02-26T12..03-01T12");
        assertThat(reached(all).to()).isEqualTo("2026-02-27T00:00:00Z");
    }

    @Test
    void goesOnInTheWindowInWhichItBrokeAndKnowsHowFarItCame() throws Exception {
        list(WINDOWS + ", step: 3d}\npaginator: {type: offset, pageSize: 2, pageSizeParam: limit,"
                + " totalPath: '$.count', inject: {into: query, name: skip}}");
        serve();
        List<Pull.Element> all = lists.pullsAll();
        windows.clear();

        List<Pull.Element> rest = lists.pullBehind(all, 3);
        List<Pull.Element> nothing = lists.pullBehind(all, 5);

        assertThat(Lists.ids(rest)).containsExactly(6, 7);
        assertThat(windows).containsExactly("02-23T12..02-26T12", "02-26T12..03-01T12");
        assertThat(reached(rest)).isEqualTo(reached(all));
        assertThat(nothing).hasSize(1);
        assertThat(reached(nothing)).isEqualTo(reached(all));
    }

    @Test
    void endsAWindowBeforeTheNextOneBegins() throws Exception {
        list(WINDOWS + ", step: 3d, granularity: 1s}\npaginator: {type: timeWindow}");
        serve();

        lists.pullsAll();

        assertThat(windows)
                .containsExactly("02-20T12..02-23T11:59:59Z", "02-23T12..02-26T11:59:59Z", "02-26T12..03-01T12");
    }

    @ParameterizedTest
    @CsvSource({
        "'paginator: {type: timeWindow, resultWindow: {maxRecords: 3, onExceed: splitWindow}}', step: 9d",
        "'paginator: {type: offset, pageSize: 9, totalPath: $.count, inject: {into: query, name: skip},"
                + " resultWindow: {maxRecords: 2, onExceed: splitWindow}}', lookback: 1s"
    })
    void cutsAWindowThatHoldsMoreThanTheSystemShows(String paginator, String more) throws Exception {
        list(WINDOWS + ", " + more + "}\n" + paginator.replace("$.count", "'$.count'"));
        serve();

        List<Pull.Element> all = lists.pullsAll();

        assertThat(windows.get(0)).isEqualTo("02-20T12..03-01T12");
        assertThat(windows.get(1)).startsWith("02-20T12..02-25T");
        assertThat(reached(all).to()).isEqualTo("2026-02-27T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"splitWindow, 'between 2026-02-2'", "fail, has more than 1 records"})
    void failsWhereAWindowCannotBeCut(String onExceed, String reason) throws Exception {
        list(WINDOWS + ", granularity: 1h}\npaginator: {type: offset, pageSize: 9, totalPath: '$.count',"
                + " inject: {into: query, name: skip}, resultWindow: {maxRecords: 1, onExceed: " + onExceed + "}}");
        lists.serve(
                exchange -> World.json(exchange, 200, answer(exchange).replaceFirst("\"count\":.*", "\"count\":2}")));

        List<Pull.Element> elements = lists.pull();
        StepException why = ((Pull.Failed) elements.get(elements.size() - 1)).why();

        assertThat(why.code()).isEqualTo("RESULT_WINDOW");
        assertThat(why.owner()).isEqualTo(Owner.LIMIT);
        assertThat(why.getMessage()).contains(reason).contains("paginator.resultWindow");
    }

    @Test
    void failsAListWithoutWindowsThatIsLongerThanTheSystemShows() throws Exception {
        list("paginator: {type: offset, pageSize: 3, totalPath: '$.count', inject: {into: query, name: skip},"
                + " resultWindow: {maxRecords: 5}}");
        serve();

        assertThat(lists.failure().code()).isEqualTo("RESULT_WINDOW");
    }

    @Test
    void asksNothingWhenTheCursorIsAtTheEnd() throws Exception {
        list(WINDOWS + ", step: 3d}");
        serve();

        List<Pull.Element> elements = pull("2026-03-01T12:00:00Z");

        assertThat(elements).hasSize(1);
        assertThat(lists.asked()).isEmpty();
        assertThat(reached(elements).to()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "epochS; 1772236800; 1772236800",
                "epochS; \"1772236800.5\"; 1772236800",
                "epochMs; 1772236800000; 1772236800000",
                "iso8601; \"2026-02-28T01:00:00+0100\"; 2026-02-28T00%3A00%3A00Z",
                "iso8601; \"2026-02-28\"; 2026-02-28T00%3A00%3A00Z",
                "iso8601, zone: Europe/Berlin; \"2026-02-28T01:00:00\"; 2026-02-28T01%3A00%3A00%2B01%3A00",
                "'yyyy-MM-dd HH:mm', zone: Europe/Berlin; \"2026-02-28 01:00\"; 2026-02-28%2001%3A00",
                "dd.MM.yyyy; \"28.02.2026\"; 28.02.2026",
                "'dd/MM/yyyy HH:mm', boundFormat: \"'D('yyyy,M,d')'\"; \"28/02/2026 00:00\"; D%282026%2C2%2C28%29"
            })
    void readsAndWritesTheTimesOfTheSystem(String format, String found, String sent) throws Exception {
        list("incremental: {cursorField: at.last, format: " + format + ", lower: {into: query, name: since}}");
        lists.serve(
                exchange -> World.json(exchange, 200, "{\"items\":[{\"at\":{\"last\":" + found + "}},{\"at\":null}]}"));

        String cursor = reached(pull(null)).to();
        pull(cursor);

        assertThat(cursor).startsWith("2026-02-28T00:00:00");
        assertThat(lists.asked().get(1).replace('+', ' ')).isEqualTo("since=" + sent.replace('+', ' '));
    }

    @Test
    void countsASequenceAsNumbers() throws Exception {
        list("incremental: {cursorField: id, type: sequence, start: '0', lower: {into: query, name: behind}}\n"
                + "paginator: {type: keyset, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: since}}");
        lists.serve(exchange -> {
            Map<String, String> query = Lists.query(exchange);
            int behind = Integer.parseInt(query.getOrDefault("since", query.get("behind")));
            World.json(exchange, 200, Lists.page(behind + 1, 3, ""));
        });

        List<Pull.Element> all = lists.pullsAll();
        List<Pull.Element> later = pull("6");

        assertThat(reached(all)).isEqualTo(new Pull.Reached("shop", "items.list", "", CursorKind.SEQUENCE, null, "7"));
        assertThat(Lists.ids(later)).containsExactly(7);
        assertThat(lists.asked()).startsWith("behind=0").endsWith("behind=6");
    }

    @Test
    void letsAKeysetGoOnInTheParameterThatTheCursorBeganIn() throws Exception {
        list("incremental: {cursorField: id, type: sequence, start: 0, lower: {into: query, name: since}}\n"
                + "paginator: {type: keyset, pageSize: 3, stopWhen: shortPage, inject: {into: query, name: since}}");
        lists.serve(exchange -> World.json(
                exchange, 200, Lists.page(Integer.parseInt(Lists.query(exchange).get("since")) + 1, 3, "")));

        lists.pullsAll();
        pull("5");

        assertThat(lists.asked()).containsExactly("since=0", "since=3", "since=6", "since=5");
    }

    @Test
    void keepsTheTokenThatTheSystemGivesAtTheEnd() throws Exception {
        lists.endpoint("POST", "/items", """
                request: {body: {template: {kind: all}}}
                recordSelector: {path: '$.items[*]'}
                incremental: {cursorField: $.sync, type: token, lower: {into: bodyJson, name: syncToken}}
                paginator: {type: cursor, cursorPath: $.next, inject: {into: bodyJson, name: page}}
                """);
        List<String> bodies = new CopyOnWriteArrayList<>();
        lists.serve(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            bodies.add(body);
            World.json(
                    exchange,
                    200,
                    body.contains("page") ? Lists.page(4, 4, ",\"sync\":\"t2\"") : Lists.page(1, 3, ",\"next\":\"p\""));
        });

        assertThat(reached(lists.pullsAll()).to()).isEqualTo("t2");
        assertThat(reached(pull("t1")))
                .isEqualTo(new Pull.Reached("shop", "items.list", "", CursorKind.TOKEN, "t1", "t2"));
        assertThat(bodies.get(2)).isEqualTo("{\"kind\":\"all\",\"syncToken\":\"t1\"}");
        assertThat(bodies.get(3)).isEqualTo("{\"kind\":\"all\",\"page\":\"p\",\"syncToken\":\"t1\"}");
    }

    @Test
    void doesNotFollowADateInTheFuture() throws Exception {
        list("incremental: {cursorField: changed, lower: {into: query, name: since}}");
        lists.serve(exchange -> World.json(exchange, 200, "{\"items\":[{\"changed\":\"2999-01-01T00:00:00Z\"}]}"));

        assertThat(reached(pull(null)).to()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"items\":[{\"x\":1}]}; NO_CURSOR; no record of a page has changed",
                "{\"items\":[{\"changed\":\"last week\"}]}; BAD_CURSOR; changed is 'last week', which is not a time of format iso8601",
                "{\"items\":[{\"changed\":[1]}]}; BAD_CURSOR; incremental"
            })
    void failsRatherThanLoseItsPlace(String answer, String code, String message) throws Exception {
        list("incremental: {cursorField: changed, lower: {into: query, name: since}}");
        lists.serve(exchange -> World.json(exchange, 200, answer));

        StepException why = lists.failure();

        assertThat(why.code()).isEqualTo(code);
        assertThat(why.getMessage()).contains(message);
    }

    @Test
    void noticesAListInAWindowThatDoesNotEnd() throws Exception {
        list(WINDOWS + ", step: 3d}\npaginator: {type: cursor, cursorPath: '$.next', inject: {into: query, name: p}}");
        lists.serve(exchange ->
                World.json(exchange, 200, "{\"items\":[{\"changed\":\"2026-02-21T00:00:00Z\"}],\"next\":\"same\"}"));

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");
    }

    private List<String> problems(String keys) throws IOException {
        return lists.problems("GET", "/x", "request: {query: {q: a}}\n" + keys + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "GET; {type: json, template: {a: b}}; true",
                "POST; {type: none}; true",
                "POST; {type: form, template: {a: b}}; true",
                "POST; {type: json, template: {a: b}}; false"
            })
    void findsABodyThatTakesNeitherABoundNorACursor(String method, String body, boolean wrong) throws Exception {
        assertThat(lists
                        .problems(
                                method,
                                "/x",
                                "request: {body: " + body
                                        + "}\nincremental: {cursorField: a, lower: {into: bodyJson, name: x}}\n"
                                        + "paginator: {type: cursor, cursorPath: $.n, inject: {into: bodyJson, name: y}}\n")
                        .stream()
                        .filter(problem -> problem.contains("the body is of type json or graphql")))
                .hasSize(wrong ? 2 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{into: query, name: since}; 'since' stands in requester: {query: {…}} too",
                "{into: header, name: x-since}; 'x-since' stands in requester: {headers: {…}} too",
                "{into: header, name: x-own}; 'x-own' stands in request: {headers: {…}} too"
            })
    void findsABoundThatWouldBeSentTwice(String lower, String wrong) throws Exception {
        assertThat(lists.problems(
                        ", query: {since: a}, headers: {X-Since: a}",
                        "GET",
                        "/x",
                        "request: {headers: {X-Own: a}}\nincremental: {cursorField: a, lower: " + lower + "}\n"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).contains("connector.yaml:10:").contains(wrong));
    }

    @Test
    void findsWhatWindowsLackBeforeTheyAreAsked() throws Exception {
        assertThat(problems(
                        "incremental: {cursorField: a, lower: {into: query}, step: 1d, zone: Mars/Base, format: q}"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("connector.yaml:10:").contains("needs {into, name}"))
                .anySatisfy(problem -> assertThat(problem).contains("'step' needs 'upper'"))
                .anySatisfy(problem -> assertThat(problem).contains("'step' needs 'start'"))
                .anySatisfy(problem -> assertThat(problem).contains("'Mars/Base' is not a time zone"))
                .anySatisfy(problem -> assertThat(problem).contains("'q' is not a format of times"));
        assertThat(problems("incremental: {cursorField: a, type: sequence, start: soon, lookback: 1d,"
                        + " lower: {into: query, name: q}}"))
                .anySatisfy(problem -> assertThat(problem).contains("so it would be sent twice"))
                .anySatisfy(problem -> assertThat(problem).contains("start 'soon' is none for type sequence"))
                .anySatisfy(problem -> assertThat(problem).contains("'lookback' has a meaning for type datetime only"));
        assertThat(
                        problems(
                                "incremental: {cursorField: a, type: sequence, start: '1e999999999', lower: {into: query, name: x}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("start '1e999999999' is none for type sequence"));
        assertThat(problems("incremental: {cursorField: a, type: token, start: 1d, lower: {into: cookie, name: x}}"))
                .anySatisfy(problem -> assertThat(problem).contains("its path begins with $."))
                .anySatisfy(problem -> assertThat(problem).contains("'start' has no meaning for a token"))
                .anySatisfy(problem -> assertThat(problem).contains("query, header, bodyJson or template"));
        assertThat(problems("paginator: {type: timeWindow, resultWindow: {maxRecords: 1, onExceed: splitWindow}}"))
                .anySatisfy(problem -> assertThat(problem).contains("timeWindow needs incremental"))
                .anySatisfy(problem -> assertThat(problem).contains("splitWindow needs a window"));
        assertThat(problems("paginator: {type: linkHeader, resultWindow: {maxRecords: 1}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("resultWindow needs totalPath"));
        assertThat(problems("incremental: {cursorField: a, lower: {into: query, name: x}, order: asc}"))
                .isEmpty();
    }
}
