package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.Growing;
import io.patchbay.connector.Use;
import io.patchbay.expression.Roots;
import io.patchbay.expression.SourcePath;
import io.patchbay.expression.TemplateTree;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.StepException;
import io.patchbay.problem.Location;
import io.patchbay.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One call for all records of a payload. The shop answers with an item for each SKU that it is asked for, but for "none". */
class MatchTest extends InWorld {

    private static final String ITEMS = """
            items.find:
              kind: read
              inputs: {skus: {type: array, items: string, separator: ',', maxItems: 3}}
              method: GET
              path: /items
              request: {query: {'sku:in': '${with.skus}'}}
              recordSelector: {path: '$.items[*]'}
            """;

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private static TemplateTree template(String text) {
        ScalarNode node = new ScalarNode(Location.of("x"), text, text, true);
        return TemplateTree.parse(node, Roots.FLOW, new Problems());
    }

    private static Use use(String asking, String record, boolean many) {
        Use.Match match = new Use.Match("skus", SourcePath.of(record), SourcePath.of("sku"), many);
        return new Use(Map.of("skus", template(asking)), new Use.Into("item"), false, match, Growing.AS_DECLARED);
    }

    private static Use use() {
        return use("${record.sku}", "sku", false);
    }

    private void shop(String endpoint) throws Exception {
        world.shop(
                "{none: {type: none}}",
                "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}",
                endpoint,
                "");
    }

    private void serve() {
        world.serve("/api/items", exchange -> World.json(exchange, 200, "{\"items\":[" + items(exchange) + "]}"));
    }

    /** Backwards, so that the order of an answer is not that of the question. */
    private String items(HttpExchange exchange) {
        asked.add(exchange.getRequestURI().getQuery());
        List<String> skus = Arrays.stream(exchange.getRequestURI().getQuery().split("&"))
                .filter(parameter -> parameter.startsWith("sku"))
                .map(parameter -> parameter.substring(parameter.indexOf('=') + 1))
                .flatMap(value -> Arrays.stream(value.split(",")))
                .filter(sku -> !sku.equals("none"))
                .toList();
        return skus.stream()
                .sorted(java.util.Comparator.reverseOrder())
                .map(sku -> "{\"sku\":\"%s\",\"stock\":%d}".formatted(sku, sku.length()))
                .collect(Collectors.joining(","));
    }

    private String ask(String records, Use use) throws Exception {
        return world.answer("connector:shop/items.find", World.payload(records), attempt, use)
                .tree()
                .toString();
    }

    @Test
    void asksForEachValueOnceAndGivesEachRecordItsMatch() throws Exception {
        shop(ITEMS);
        serve();

        String answer = ask("[{\"sku\":\"a\"},{\"sku\":\"none\"},{\"sku\":\"bb\"},{\"sku\":\"a\",\"n\":1}]", use());

        assertThat(asked).containsExactly("sku:in=a,none,bb");
        assertThat(answer)
                .isEqualTo("[{\"sku\":\"a\",\"item\":{\"sku\":\"a\",\"stock\":1}},{\"sku\":\"none\",\"item\":null},"
                        + "{\"sku\":\"bb\",\"item\":{\"sku\":\"bb\",\"stock\":2}},"
                        + "{\"sku\":\"a\",\"n\":1,\"item\":{\"sku\":\"a\",\"stock\":1}}]");
    }

    @Test
    void asksInSeveralCallsForMoreThanOneTakes() throws Exception {
        shop(ITEMS);
        serve();

        String answer = ask(
                "[{\"sku\":\"a\"},{\"sku\":\"b\"},{\"sku\":\"c\"},{\"sku\":\"d\"},{\"sku\":\"a\"},{\"sku\":\"e\"}]",
                use());

        assertThat(asked).containsExactly("sku:in=a,b,c", "sku:in=d,e");
        assertThat(answer).doesNotContain("null").startsWith("[{\"sku\":\"a\"").contains("{\"sku\":\"e\",\"stock\":1}");
    }

    @Test
    void asksForNothingThatARecordDoesNotHave() throws Exception {
        shop(ITEMS);
        serve();

        assertThat(ask("[{\"id\":1},{\"sku\":null},{\"sku\":\"\"}]", use()))
                .isEqualTo("[{\"id\":1,\"item\":null},{\"sku\":null,\"item\":null},{\"sku\":\"\",\"item\":null}]");
        assertThat(ask("[{\"id\":1},{\"sku\":\"a\"}]", use("x-${record.sku}", "sku", false)))
                .contains("{\"id\":1,\"item\":null}");
        assertThat(ask("[]", use())).isEqualTo("[]");
        assertThat(asked).containsExactly("sku:in=x-a");
        assertThat(attempt.failed()).isEmpty();
    }

    @Test
    void takesNumbersAndTheirTextsForOneValue() throws Exception {
        shop(ITEMS);
        serve();

        String answer = ask("[{\"sku\":7},{\"sku\":\"7\"},{\"sku\":7.0},{\"sku\":\"007\"}]", use());

        assertThat(asked).containsExactly("sku:in=7,007");
        assertThat(answer).doesNotContain("null").contains("{\"sku\":\"007\",\"stock\":3}");
    }

    @Test
    void givesAListWhereManyAreWanted() throws Exception {
        shop(ITEMS);
        serve();

        String answer = ask(
                "[{\"lines\":[{\"sku\":\"bb\"},{\"sku\":\"a\"},{\"sku\":\"none\"}]},{\"lines\":[]}]",
                use("${record.lines[*].sku}", "lines[*].sku", true));

        assertThat(asked).containsExactly("sku:in=bb,a,none");
        assertThat(answer)
                .contains("\"item\":[{\"sku\":\"bb\",\"stock\":2},{\"sku\":\"a\",\"stock\":1}]")
                .endsWith("{\"lines\":[],\"item\":[]}]");
    }

    @Test
    void givesTheFirstOfSeveralAndSaysHowManyWerePassedOver() throws Exception {
        shop(ITEMS);
        world.serve(
                "/api/items",
                exchange -> World.json(
                        exchange,
                        200,
                        "{\"items\":[{\"sku\":\"a\",\"at\":1},{\"sku\":\"z\"},{\"sku\":\"a\",\"at\":2}]}"));

        assertThat(ask("[{\"sku\":\"a\"}]", use())).contains("\"item\":{\"sku\":\"a\",\"at\":1}");
        assertThat(attempt.log())
                .singleElement()
                .asString()
                .startsWith("WARN 'items.find' has several records with the same 'sku'")
                .contains("1 were passed over");
        assertThat(ask("[{\"sku\":\"a\"}]", use("${record.sku}", "sku", true)))
                .contains("\"at\":1}")
                .contains("\"at\":2}");
    }

    @Test
    void readsAllPagesOfAList() throws Exception {
        shop(ITEMS + "  paginator: {type: pageNumber, inject: {into: query, name: page}}\n"
                + "  incremental: {cursorField: changed, lower: {into: query, name: since}, start: 1d}\n");
        world.serve("/api/items", exchange -> {
            asked.add(exchange.getRequestURI().getQuery());
            String page = exchange.getRequestURI().getQuery().replaceAll(".*page=(\\d).*", "$1");
            World.json(
                    exchange,
                    200,
                    switch (page) {
                        case "1" -> "{\"items\":[{\"sku\":\"b\"},{\"sku\":\"x\"}]}";
                        case "2" -> "{\"items\":[{\"sku\":\"a\"}]}";
                        default -> "{\"items\":[]}";
                    });
        });

        assertThat(ask("[{\"sku\":\"a\"},{\"sku\":\"b\"}]", use()))
                .isEqualTo("[{\"sku\":\"a\",\"item\":{\"sku\":\"a\"}},{\"sku\":\"b\",\"item\":{\"sku\":\"b\"}}]");
        assertThat(asked).hasSize(3).noneMatch(query -> query.contains("since"));
    }

    @Test
    void failsAsOneAndTriesAPageAgainByTheRulesOfTheConnectorOnly() throws Exception {
        shop(ITEMS + "  paginator: {type: pageNumber, inject: {into: query, name: page}}\n");
        world.serve("/api/items", exchange -> {
            asked.add("");
            World.json(exchange, 503, "{}");
        });

        assertThatThrownBy(() -> ask("[{\"sku\":\"a\"}]", use())).isInstanceOfSatisfying(StepException.class, why -> {
            assertThat(why.code()).isEqualTo("HTTP_503");
            assertThat(why.retryable()).as("the step does not try it again").isFalse();
        });
        assertThat(asked).hasSize(3);
    }

    @Test
    void failsTheRecordsOfTheCallThatFailedAndTheOthersGoOn() throws Exception {
        shop(ITEMS);
        world.serve("/api/items", exchange -> {
            String items = items(exchange);
            World.json(exchange, items.contains("bad") ? 422 : 200, "{\"items\":[" + items + "]}");
        });

        String answer = ask(
                "[{\"sku\":\"a\"},{\"sku\":\"b\"},{\"sku\":\"c\"},{\"sku\":\"bad\"},{\"id\":1},{\"sku\":\"e\"}]",
                use());

        assertThat(attempt.failed()).extracting(FakeAttempt.FailedRecord::index).containsExactly(3, 5);
        assertThat(answer)
                .startsWith("[{\"sku\":\"a\"")
                .endsWith("{\"id\":1,\"item\":null}]")
                .doesNotContain("bad");
    }

    @Test
    void failsOnlyTheRecordThatCannotAsk() throws Exception {
        shop(ITEMS);
        serve();

        String answer = ask("[5,{\"sku\":{\"a\":1}},{\"sku\":[\"a\",\"b\",\"c\",\"d\"]},{\"sku\":\"a\"}]", use());

        assertThat(asked).containsExactly("sku:in=a");
        assertThat(answer).isEqualTo("[{\"sku\":\"a\",\"item\":{\"sku\":\"a\",\"stock\":1}}]");
        assertThat(attempt.failed())
                .extracting(failed -> failed.index() + " " + failed.why().code())
                .containsExactly("0 NOT_AN_OBJECT", "1 BAD_INPUT", "2 BAD_INPUT");
    }

    @Test
    void doesNotTakeAWrongPathForNoMatch() throws Exception {
        shop(ITEMS);
        world.serve("/api/items", exchange -> World.json(exchange, 200, "{\"items\":[{\"code\":\"a\"}]}"));

        assertThatThrownBy(() -> ask("[{\"sku\":\"a\"}]", use()))
                .hasMessageContaining("no record of the answer of 'items.find' has 'sku' (match.answer)");
    }

    @Test
    void keepsAValueThatHoldsTheSeparatorFromBecomingTwo() throws Exception {
        shop(ITEMS);
        serve();

        assertThat(ask("[{\"sku\":\"a,b\"},{\"sku\":\"c\"}]", use())).startsWith("[{\"sku\":\"c\"");
        assertThat(asked).containsExactly("sku:in=c");
        assertThat(attempt.failed())
                .singleElement()
                .satisfies(failed -> assertThat(failed.why()).hasMessageContaining("'skus[0]' holds ','"));
    }

    @Test
    void writesAListOnceForEachItemOrIntoABody() throws Exception {
        shop(ITEMS.replace("separator: ','", "repeat: true"));
        serve();
        ask("[{\"sku\":\"a,b\"},{\"sku\":\"c&d\"}]", use());
        shop(ITEMS.replace("separator: ','", "separator: '|'"));
        ask("[{\"sku\":\"a,b\"},{\"sku\":\"c\"}]", use());

        assertThat(asked).containsExactly("sku:in=a,b&sku:in=c&d", "sku:in=a,b|c");

        shop("""
                items.find:
                  kind: read
                  inputs: {skus: {type: array}}
                  method: POST
                  path: /items
                  request: {body: {template: {skus: '${with.skus}'}}}
                  recordSelector: {path: '$[*]'}
                """);
        List<String> bodies = new CopyOnWriteArrayList<>();
        posts(bodies);
        ask("[{\"sku\":\"a,b\"},{\"sku\":7}]", use());
        assertThat(bodies).containsExactly("{\"skus\":[\"a,b\",7]}");
    }

    private void posts(List<String> bodies) throws Exception {
        world.rewrite("path: /items", "path: /asked");
        world.serve("/api/asked", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            World.json(exchange, 200, "[{\"sku\":7}]");
        });
    }

    @Test
    void goesThroughALineOfOnePermit() throws Exception {
        world.shop(
                "{none: {type: none}}",
                "rateLimit: {policies: [{algorithm: concurrency, limit: 1}]}",
                ITEMS
                        + "  paginator: {type: pageNumber, inject: {into: query, name: page}, stopWhen: shortPage, pageSize: 10}\n",
                "");
        serve();

        assertThat(ask("[{\"sku\":\"a\"},{\"sku\":\"b\"},{\"sku\":\"c\"},{\"sku\":\"d\"}]", use()))
                .doesNotContain("null");
        assertThat(asked).hasSize(2);
    }
}
