package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL requests and connections. */
class GraphqlTest extends ListPulls {

    private static final String LIST = """
            request:
              body:
                type: graphql
                template:
                  query: 'query($first: Int, $after: String, $tag: String) { items(first: $first, after: $after) { … } }'
                  variables: {tag: '${settings.region}'}
            recordSelector: {path: '$.data.shop.items.nodes[*]'}
            """;

    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();

    private void list(String paginator) throws Exception {
        lists.endpoint("POST", "/items", LIST + "paginator: " + paginator);
    }

    private interface Answer {
        String to(JsonNode variables);
    }

    private void serve(Answer answer) {
        lists.serve(exchange -> {
            JsonNode variables = read(exchange).path("variables");
            World.json(exchange, 200, answer.to(variables));
        });
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
        sent.add(body);
        return body;
    }

    private static String connection(JsonNode variables) {
        int from = variables.path("after").asInt(0) + 1;
        return connection(from, from + 3 <= Lists.RECORDS, "\"" + (from + 2) + "\"");
    }

    private static String connection(int from, boolean more, String end) {
        return "{\"data\":{\"shop\":{\"items\":{\"nodes\":%s,\"pageInfo\":{\"hasNextPage\":%s,\"endCursor\":%s}}}}}"
                .formatted(Lists.items(from, 3), more, end);
    }

    @Test
    void turnsThePagesOfAConnection() throws Exception {
        list("{type: graphqlCursor, pageSize: 3}");
        serve(GraphqlTest::connection);

        List<Pull.Element> all = lists.pullsAll();

        assertThat(sent)
                .extracting(body -> body.path("variables").toString())
                .containsExactly(
                        "{\"tag\":\"eu\",\"first\":3}",
                        "{\"tag\":\"eu\",\"first\":3,\"after\":\"3\"}",
                        "{\"tag\":\"eu\",\"first\":3,\"after\":\"6\"}");
        assertThat(sent.get(0).path("query").asText()).startsWith("query($first: Int");
        assertThat(Lists.ids(lists.pullBehind(all, 1))).containsExactly(4, 5, 6, 7);
        assertThat(Lists.ids(lists.pullBehind(all, 3))).isEmpty();
    }

    @Test
    void takesOtherNamesAndPlaces() throws Exception {
        lists.endpoint("POST", "/items", """
                request: {body: {type: graphql, template: {query: 'query($n: Int, $at: String) { x(n: $n, at: $at) { … } }'}}}
                recordSelector: {path: '$.data.x.list[*]'}
                paginator:
                  {type: graphqlCursor, pageSize: 3, pageSizeParam: n, inject: {into: bodyJson, name: at},
                   cursorPath: '$.data.x.end', hasMorePath: '$.data.x.more'}
                """);
        serve(variables -> {
            int from = variables.path("at").asInt(0) + 1;
            return "{\"data\":{\"x\":{\"list\":%s,\"end\":%d,\"more\":%s}}}"
                    .formatted(Lists.items(from, 3), from + 2, from + 3 <= Lists.RECORDS);
        });

        lists.pullsAll();

        assertThat(sent.get(1).path("variables")).hasToString("{\"n\":3,\"at\":3}");
    }

    @Test
    void saysWhatIsWrongWithAConnectionThatDoesNotGoOn() throws Exception {
        list("{type: graphqlCursor, pageSize: 3, maxPages: 4}");
        AtomicInteger calls = new AtomicInteger();
        List<Answer> answers = List.of(
                variables -> connection(1, true, "\"same\""),
                variables -> connection(1, true, String.valueOf(calls.incrementAndGet())),
                variables -> connection(1, true, "null"),
                variables -> "{\"data\":{\"shop\":{\"items\":{\"nodes\":[{}]}}}}");
        AtomicInteger which = new AtomicInteger();
        serve(variables -> answers.get(which.get()).to(variables));

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");
        which.set(1);
        assertThat(lists.failure().code()).isEqualTo("TOO_MANY_PAGES");
        which.set(2);
        assertThat(lists.failure().getMessage())
                .contains("$.data.shop.items.pageInfo.endCursor")
                .contains("does not say where");
        which.set(3);
        StepException none = lists.failure();
        assertThat(none.owner()).isEqualTo(Owner.AUTHOR);
        assertThat(none.getMessage()).contains("must select pageInfo { hasNextPage endCursor }");
    }

    @Test
    void endsAtAConnectionThatIsNull() throws Exception {
        list("{type: graphqlCursor}");
        serve(variables -> "{\"data\":{\"shop\":null}}");

        assertThat(lists.pull()).singleElement().isInstanceOf(Pull.End.class);
        assertThat(sent.get(0).path("variables")).hasToString("{\"tag\":\"eu\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"errors\":[%s]}", "{\"data\":null,\"errors\":[%s,{\"message\":\"b\"}]}"})
    void failsWithTheFirstErrorOfAnAnswerThatLooksGood(String answer) throws Exception {
        list("{type: graphqlCursor, pageSize: 3}");
        serve(variables -> answer.formatted("{\"message\":\"Field 'x' does not exist\",\"path\":[\"x\"]}"));

        StepException why = lists.failure();

        assertThat(why.getMessage()).endsWith("answered 200 to 'items.list': Field 'x' does not exist");
        assertThat(why.retryable()).isFalse();
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void letsARuleSayWhatErrorsMean() throws Exception {
        lists.endpoint("POST", "/items", LIST + """
                paginator: {type: graphqlCursor, pageSize: 3}
                errorHandler:
                  rules:
                    - {match: {bodyPath: '$.errors[0].extensions.code', bodyRegex: '^THROTTLED$'}, action: retry}
                    - {match: {bodyPath: '$.errors[0].path'}, action: success}
                  backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}
                """);
        AtomicInteger calls = new AtomicInteger();
        serve(variables -> calls.incrementAndGet() == 2
                ? "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]}"
                : connection(variables).replaceFirst("\\{", "{\"errors\":[{\"message\":\"x\",\"path\":[\"a\"]}],"));

        lists.pullsAll();

        assertThat(sent).hasSize(4);
    }

    @Test
    void triesAgainWhenTheStatusSaysSoInSpiteOfErrors() throws Exception {
        list("{type: graphqlCursor, pageSize: 3}");
        AtomicInteger calls = new AtomicInteger();
        lists.serve(exchange -> {
            JsonNode variables = read(exchange).path("variables");
            boolean down = calls.incrementAndGet() == 1;
            World.json(exchange, down ? 503 : 200, down ? "{\"errors\":[{\"message\":\"a\"}]}" : connection(variables));
        });

        lists.pullsAll();
    }

    @Test
    void findsWhatAConnectionLacksBeforeItIsAsked() throws Exception {
        assertThat(lists.problems("POST", "/x", """
                request: {body: {type: graphql, template: {query: 'query($afterwards: String) { x }', variable: {}}}}
                paginator: {type: graphqlCursor, pageSize: 3, inject: {into: query, name: after}}
                """))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("connector.yaml:9:")
                        .contains("no variable $after")
                        .contains("query($first: Int, $after: String)"))
                .anySatisfy(problem -> assertThat(problem).contains("no variable $first"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("[UNKNOWN_KEY]").contains("did you mean 'variables'?"))
                .anySatisfy(problem -> assertThat(problem).contains("into: bodyJson"))
                .anySatisfy(problem -> assertThat(problem).contains("needs cursorPath, or a recordSelector"))
                .anySatisfy(problem -> assertThat(problem).contains("needs hasMorePath, or a recordSelector"));
        assertThat(lists.problems("GET", "/x", """
                recordSelector: {path: '$.data.x.nodes[*]'}
                paginator: {type: graphqlCursor}
                """))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("type: graphql"));
        assertThat(lists.problems("POST", "/x", "request: {body: {type: graphql, template: {variables: []}}}\n"))
                .anySatisfy(problem -> assertThat(problem).contains("needs the text 'query'"))
                .anySatisfy(problem -> assertThat(problem).contains("'variables' must be a mapping"));
    }
}
