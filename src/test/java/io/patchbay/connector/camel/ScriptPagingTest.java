package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists whose next page the author's code tells. */
class ScriptPagingTest extends ListPulls {

    private static final String RECORDS = "recordSelector: {path: '$.items[*]'}\n";
    private static final String PAGED =
            RECORDS + "paginator: {type: script, script: ./next.js, pageSize: 3, pageSizeParam: limit}\n";

    /** Pages by the number of the first record, in a header that no other method knows. */
    private static final String NEXT = """
            function next(answer, page) {
              const seen = (page.state?.seen ?? 0) + page.records;
              return seen < Number(answer.headers['x-total'])
                ? {query: {from: seen + 1}, headers: {'X-Page': page.number + 1}, state: {seen}}
                : null;
            }
            """;

    private void script(String text) throws Exception {
        lists.world().write("connectors/shop/next.js", text);
    }

    private void serve() {
        lists.serve(exchange -> {
            int from = Integer.parseInt(Lists.query(exchange).getOrDefault("from", "1"));
            exchange.getResponseHeaders().add("X-Total", "" + Lists.RECORDS);
            exchange.getResponseHeaders().add("Set-Cookie", "session=secret");
            World.json(exchange, 200, Lists.page(from, 3, ""));
        });
    }

    @Test
    void goesOnAsTheScriptSays() throws Exception {
        script(NEXT);
        lists.list(PAGED);
        serve();

        List<Pull.Element> all = lists.pullsAll();

        assertThat(lists.asked()).containsExactly("limit=3", "limit=3&from=4", "limit=3&from=7");
        assertThat(all).hasSize(4);
    }

    @Test
    void goesOnBehindTheLastPageThatWasDelivered() throws Exception {
        script(NEXT);
        lists.list(PAGED);
        serve();
        List<Pull.Element> all = lists.pullsAll();
        lists.asked().clear();

        assertThat(Lists.ids(lists.pullBehind(all, 2))).containsExactly(7);
        assertThat(lists.asked()).containsExactly("limit=3&from=7");
    }

    @Test
    void givesTheScriptTheAnswerAndNoSecrets() throws Exception {
        script("function next(answer, page) { throw new Error(JSON.stringify({answer, page})); }");
        lists.list(PAGED);
        serve();

        String message = lists.failure().getMessage();

        JsonNode told = Json.MAPPER.readTree(message.substring(message.indexOf('{')));
        assertThat(told.at("/answer/status").asInt()).isEqualTo(200);
        assertThat(told.at("/answer/body/items").size()).isEqualTo(3);
        assertThat(told.at("/answer/headers").has("x-total")).isTrue();
        assertThat(told.at("/answer/headers").has("set-cookie")).isFalse();
        assertThat(told.at("/page/number").asInt()).isEqualTo(1);
        assertThat(told.at("/page/records").asInt()).isEqualTo(3);
        assertThat(told.at("/page/state").isNull()).isTrue();
        assertThat(told.at("/page/url").asText()).endsWith("/api/items?limit=3");
        assertThat(told.at("/page/settings").fieldNames()).toIterable().containsExactlyInAnyOrder("port", "region");
    }

    @Test
    void putsPartsIntoABodyOfJson() throws Exception {
        script("function next(answer) { return answer.body.next ? {body: {at: answer.body.next}} : null; }");
        lists.endpoint("POST", "/items", RECORDS + """
                request: {body: {type: json, template: {size: 3}}}
                paginator: {type: script, script: next.js}
                """);
        List<String> bodies = new CopyOnWriteArrayList<>();
        lists.serve(exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            bodies.add(body);
            int from = Json.MAPPER.readTree(body).path("at").asInt(1);
            World.json(exchange, 200, Lists.page(from, 3, from + 3 > Lists.RECORDS ? "" : ",\"next\":" + (from + 3)));
        });

        lists.pullsAll();

        assertThat(bodies).containsExactly("{\"size\":3}", "{\"size\":3,\"at\":4}", "{\"size\":3,\"at\":7}");
    }

    @Test
    void takesAnAddressLikeOneOfAnAnswer() throws Exception {
        script("const next = (answer, page) => page.number < 3 ? {url: '?from=' + (3 * page.number + 1)} : null;");
        lists.list(PAGED);
        serve();

        lists.pullsAll();

        assertThat(lists.asked()).containsExactly("limit=3", "from=4", "from=7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{url: 'http://evil.example.com/'} | FOREIGN_LINK | leads to host 'evil.example.com'",
                "{url: 'http://127.0.0.1:1/x'} | FOREIGN_LINK | leads to port 1",
                "{url: 'http://me@127.0.0.1/x'} | FOREIGN_LINK | no",
                "{url: 'file:///etc/passwd'} | FOREIGN_LINK | is not a plain http address",
                "{url: 7} | BAD_NEXT | 'url' is a text",
                "{url: '?a=1', query: {b: 1}} | BAD_NEXT | has its query in it",
                "{headers: {Host: 'x'}} | BAD_NEXT | header 'Host' cannot be given",
                "{headers: {authorization: 'x'}} | BAD_NEXT | header 'authorization' cannot be given",
                "{headers: {'Content-Length': 1}} | BAD_NEXT | cannot be given",
                "{headers: {cookie: 'a=b'}} | BAD_NEXT | cannot be given",
                "{headers: {'X-A\\r\\nHost': 'x'}} | BAD_NEXT | cannot be given",
                "{headers: {'X-A': 'a\\r\\nHost: x'}} | BAD_NEXT | a character that no header can carry",
                "{headers: {'X-A': [1]}} | BAD_NEXT | must be a text, a number, true or false",
                "{query: 'a=1'} | BAD_NEXT | 'query' is an object",
                "{query: {a: {}}} | BAD_NEXT | 'query.a' must be a text",
                "{body: {a: 1}} | BAD_NEXT | only where the method is POST",
                "{method: 'DELETE'} | BAD_NEXT | 'method' is no part",
                "{['__proto__']: {x: 1}} | BAD_NEXT | '__proto__' is no part",
                "'next' | BAD_NEXT | it must return null, or an object",
                "true | BAD_NEXT | it must return null, or an object",
                "{state: 'x'.repeat(70000)} | BAD_NEXT | more than 64 KB",
                "undefined | SCRIPT_NOT_JSON | returned nothing",
                "nothing | SCRIPT_THROWN | next.js:1: ReferenceError",
            })
    void refusesWhatIsNoPartOfARequest(String returned, String code, String message) throws Exception {
        script("function next() { return " + returned + "; }");
        lists.list(PAGED);
        serve();

        StepException failure = lists.failure();

        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        assertThat(failure.getMessage()).contains(message.equals("no") ? "" : message);
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void refusesAHeaderThatCarriesTheProof() throws Exception {
        script("function next() { return {headers: {'x-token': 'mine'}}; }");
        lists.world()
                .shop(
                        "{key: {type: apiKey, inject: {name: X-Token, format: '${settings.token}'}}}",
                        "",
                        "items.list:\n  kind: read\n  method: GET\n  path: /items\n" + PAGED.indent(2),
                        "");
        serve();

        assertThat(lists.failure()).hasMessageContaining("header 'X-Token' cannot be given");
        assertThat(lists.asked()).hasSize(1);
    }

    @Test
    void stopsAScriptThatLeadsBackToAPage() throws Exception {
        script("function next(answer, page) { return {query: {from: page.number % 2 ? 4 : 1}}; }");
        lists.list(PAGED);
        serve();

        assertThat(lists.failure().code()).isEqualTo("REPEATED_CURSOR");
        assertThat(lists.asked()).hasSize(3);
    }

    @Test
    void stopsAListWhoseSystemDoesNotLookAtWhatTheScriptSays() throws Exception {
        script("function next(answer, page) { return {query: {page: page.number + 1}}; }");
        lists.list(PAGED);
        serve();

        assertThat(lists.failure().code()).isEqualTo("REPEATED_PAGE");
        assertThat(lists.asked()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void stopsAListThatHasTooManyPages() throws Exception {
        script("function next(answer, page) { return {query: {from: page.number + 1}}; }");
        lists.list(RECORDS + "paginator: {type: script, script: ./next.js, maxPages: 3}\n");
        serve();

        assertThat(lists.failure().code()).isEqualTo("TOO_MANY_PAGES");
    }

    @Test
    void endsWhereTheDefinitionSaysToo() throws Exception {
        script("function next(answer, page) { return {query: {from: page.number * 3 + 1}}; }");
        lists.list(RECORDS + "paginator: {type: script, script: ./next.js, stopWhen: emptyPage}\n");
        serve();

        lists.pullsAll();
        assertThat(lists.asked()).hasSize(4);
    }

    @Test
    void ownsAnEndlessScriptAsALimit() throws Exception {
        script("function next() { let a = []; for (;;) a.push(new Array(1000).fill(1)); }");
        lists.list(PAGED);
        serve();

        StepException failure = lists.failure();

        assertThat(failure.code()).isIn("SCRIPT_MEMORY", "SCRIPT_TIMEOUT");
        assertThat(failure.owner()).isEqualTo(Owner.LIMIT);
    }

    @Test
    void takesAScriptThatWasChanged() throws Exception {
        script("const next = () => null");
        lists.list(PAGED);
        serve();
        String before = hash();
        assertThat(lists.pull()).hasSize(2);

        script(NEXT);
        lists.world().reload();

        assertThat(hash()).isNotEqualTo(before);
        assertThat(lists.pullsAll()).hasSize(4);
    }

    private String hash() {
        return lists.world().catalog().connectors().iterator().next().hash();
    }

    @Test
    void findsWhatIsWrongWithAScriptWhereItIsWritten() throws Exception {
        String paged = "paginator: {type: script, script: SCRIPT}\n";
        String at = "connectors/wrong/connector.yaml:9:";
        Map<String, String> wrong = Map.of(
                "./none.js", at + "there is no file 'none.js' in the connector's folder",
                "../shop/next.js", at + "is not the path of a script",
                "/etc/next.js", at + "is not the path of a script",
                "next.rb", at + "is not the path of a script");
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            String[] expected = one.getValue().split("(?<=:9:)", 2);
            assertThat(lists.problems("GET", "/x", paged.replace("SCRIPT", one.getKey())))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).contains(expected));
        }
        assertThat(lists.problems("GET", "/x", "paginator: {type: script}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("needs script: ./next.js"));
        assertThat(lists.problems("GET", "/x", "paginator: {type: nextUrl, cursorPath: '$.n', script: ./next.js}\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("with type: script only"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "function next() {\\n  retur null;\\n} | connectors/wrong/next.js:2:1: ",
                "export function next() {} | a script is no module: leave out import and export",
                "function nxt() {} | connectors/wrong/next.js: there is no function 'next' [BAD_SCRIPT]",
                "throw new Error('no') | what stands outside of functions runs when the file is read",
            })
    void findsWhatIsWrongWithinAScript(String text, String problem) throws Exception {
        lists.world().write("connectors/wrong/next.js", text.replace("\\n", "\n"));

        assertThat(lists.problems("GET", "/x", "paginator: {type: script, script: ./next.js}\n"))
                .singleElement()
                .satisfies(found -> assertThat(found).contains(problem));
    }

    @Test
    void refusesAScriptThatIsALinkOutOfItsFolder() throws Exception {
        lists.world().write("elsewhere/next.js", "const next = () => null");
        Files.createDirectories(lists.world().home().resolve("connectors/wrong"));
        Files.createSymbolicLink(
                lists.world().home().resolve("connectors/wrong/next.js"),
                lists.world().home().resolve("elsewhere/next.js"));

        assertThat(lists.problems("GET", "/x", "paginator: {type: script, script: ./next.js}\n"))
                .singleElement()
                .satisfies(found -> assertThat(found).contains("is a link that leads out of the connector's folder"));
    }
}
