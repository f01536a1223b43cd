package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Json;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that the author's code changes, and answers that it judges. */
class ScriptCallTest extends ListPulls {

    private static final String JUDGED = "recordSelector: {path: '$.gone[*]'}\nresponse: {script: ./judge.js}\n";

    private Payload answer() throws Exception {
        return lists.world()
                .answer("connector:shop/items.list", Payload.empty(Lineage.ofRun("run-1")), new FakeAttempt(), null);
    }

    private StepException failure() {
        return catchThrowableOfType(StepException.class, this::answer);
    }

    private static List<Integer> ids(Payload payload) throws StepException {
        return payload.records().stream()
                .map(record -> record.path("id").asInt())
                .toList();
    }

    private void answering(int status, String body) {
        lists.serve(exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=secret");
            World.json(exchange, status, body);
        });
    }

    private void judge(String text) throws Exception {
        lists.world().write("connectors/shop/judge.js", "function response(data) { " + text + " }");
        lists.list(JUDGED);
    }

    @Test
    void whatTheScriptReturnsIsTheAnswerWithoutTheRecordPath() throws Exception {
        judge("return {payload: data.response.body.items.map(item => ({id: item.id * 10}))}");
        answering(200, "{\"items\":[{\"id\":1},{\"id\":2}]}");

        assertThat(ids(answer())).containsExactly(10, 20);
    }

    @Test
    void aGoodStatusWithAnErrorInItsTextCanBeTriedAgain() throws Exception {
        judge("return {code: 2, message: 'session over'}");
        answering(200, "{\"error\":\"session\"}");

        StepException failure = failure();

        assertThat(failure.code()).isEqualTo("SCRIPT_RETRY");
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessage("session over");
    }

    @Test
    void aBadStatusCanBeASuccess() throws Exception {
        judge("return {code: 0, payload: [{id: data.response.status}]}");
        answering(409, "{\"error\":\"there already\"}");

        assertThat(ids(answer())).containsExactly(409);
    }

    @Test
    void withoutACodeTheStatusDecides() throws Exception {
        judge("return {payload: [{id: 1}]}");
        answering(500, "{}");

        assertThat(failure().code()).isEqualTo("HTTP_500");
    }

    @Test
    void theScriptGetsTheAnswerAndNoSecrets() throws Exception {
        judge("throw new Error(JSON.stringify(data))");
        answering(200, "{\"items\":[]}");

        StepException failure = failure();

        assertThat(failure.code()).isEqualTo("SCRIPT_THROWN");
        JsonNode told = Json.MAPPER.readTree(
                failure.getMessage().substring(failure.getMessage().indexOf('{')));
        assertThat(told.at("/response/status").asInt()).isEqualTo(200);
        assertThat(told.at("/response/body/items").isArray()).isTrue();
        assertThat(told.at("/response/headers").has("content-type")).isTrue();
        assertThat(told.at("/response/headers").has("set-cookie")).isFalse();
        assertThat(told.at("/request/url").asText()).endsWith("/api/items");
        assertThat(told.at("/settings").fieldNames()).toIterable().containsExactlyInAnyOrder("port", "region");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            return 1              | it must return nothing, or an object with code, message, payload
            return {status: 200}  | 'status' is no part of what it may return
            return {code: 5}      | 'code' must be 0 (all right), 1 (failed) or 2 (try again)
            """)
    void saysWhatAScriptMayNotReturn(String text, String what) throws Exception {
        judge(text);
        answering(200, "{}");

        StepException failure = failure();

        assertThat(failure.owner()).isEqualTo(Owner.AUTHOR);
        assertThat(failure).hasMessageContaining("judge.js: " + what);
    }

    @Test
    void aScriptAddsToTheRequestBeforeItIsSent() throws Exception {
        lists.world().write("connectors/shop/prepare.js", """
                function request({with: given, settings, method}) {
                  return {query: {m: method}, headers: {'X-Region': settings.region ?? 'none'}, body: {at: 7}};
                }""");
        lists.endpoint("POST", "/items", """
                request: {script: ./prepare.js, body: {type: json, template: {size: 3}}}
                """);
        List<String> seen = new CopyOnWriteArrayList<>();
        lists.serve(exchange -> {
            seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            seen.add(exchange.getRequestURI().getQuery());
            World.json(exchange, 200, "{}");
        });

        answer();

        assertThat(seen).containsExactly("{\"size\":3,\"at\":7}", "m=POST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {headers: {Authorization: 'x'}}             | header 'Authorization' cannot be given
            {url: 'https://elsewhere.example/'}         | elsewhere.example
            {body: {a: 1}}                              | 'body' can be given only where the method is POST
            {path: '/x'}                                | 'path' is no part of what it may return
            """)
    void saysWhatCannotBeSent(String returned, String what) throws Exception {
        lists.world().write("connectors/shop/prepare.js", "function request() { return " + returned + " }");
        lists.list("request: {script: ./prepare.js}\n");
        answering(200, "{}");

        assertThat(failure()).hasMessageContaining(what);
        assertThat(lists.asked()).isEmpty();
    }

    @Test
    void aScriptCannotReadWhatIsReadPieceByPiece() throws Exception {
        lists.world().write("connectors/shop/judge.js", "function response() {}");

        assertThat(lists.problems(
                        "GET",
                        "/items",
                        "recordSelector: {path: '$.items[*]', chunk: 10}\nresponse: {script: ./judge.js}\n"))
                .anyMatch(problem -> problem.contains("recordSelector.chunk reads it piece by piece"));
    }
}
