package io.patchbay.api;

import static io.patchbay.api.ApiFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What holds for every call: login, the shipped document, problem documents, paging and bounds. */
@OverHttp
class EveryCallHttpTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ApiFixture api;

    @Autowired
    private RequestMappingHandlerMapping mappings;

    @BeforeEach
    void fill(@Autowired ApplicationContext context) {
        api = new ApiFixture(context);
    }

    @Test
    void letsNobodyInWithoutTheToken() throws Exception {
        HttpResponse<String> answer = api.client.send(
                HttpRequest.newBuilder(api.uri("/api/v1/openapi.json")).build(), HttpResponse.BodyHandlers.ofString());

        problem(answer, 401, "token");
    }

    @Test
    void everyHandlerIsInTheDocumentAndNothingElse() throws Exception {
        TreeSet<String> handlers = new TreeSet<>();
        mappings.getHandlerMethods()
                .forEach((mapping, handler) -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb ->
                                        handlers.add(verb.name().toLowerCase(java.util.Locale.ROOT) + " " + path))));
        TreeSet<String> told = new TreeSet<>();
        api.document()
                .get("paths")
                .properties()
                .forEach(path ->
                        path.getValue().fieldNames().forEachRemaining(verb -> told.add(verb + " " + path.getKey())));

        assertThat(told).isEqualTo(handlers);
    }

    @Test
    void servesSchemas() throws Exception {
        JsonNode names = api.ok(api.get("/api/v1/schemas"), "/api/v1/schemas", "get");

        assertThat(names.get("data")).extracting(JsonNode::asText).contains("flow", "connector", "instance", "camel");
        for (JsonNode name : names.get("data")) {
            HttpResponse<String> schema = api.get("/api/v1/schemas/" + name.asText());
            assertThat(schema.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(schema.body()).has("$schema")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/flows/nope",
        "GET,/api/v1/flows/nope/explain",
        "POST,/api/v1/flows/nope/start",
        "POST,/api/v1/flows/nope/enable",
        "GET,/api/v1/runs/nope",
        "GET,/api/v1/runs/nope/logs",
        "GET,/api/v1/runs/nope/requests",
        "GET,/api/v1/runs/nope/payloads",
        "POST,/api/v1/runs/nope/stop",
        "POST,/api/v1/runs/nope/replay",
        "GET,/api/v1/failed-payloads/nope",
        "GET,/api/v1/failed-payloads/nope/body",
        "POST,/api/v1/failed-payloads/nope/replay",
        "POST,/api/v1/failed-payloads/nope/resolve",
        "GET,/api/v1/schemas/nope"
    })
    void saysThatThereIsNoSuchThing(String verb, String path) throws Exception {
        problem(api.send(api.request(path).method(verb, BodyPublishers.noBody())), 404, "'nope'");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/v1/runs/nope,NO_SUCH_THING",
        "GET,/api/v1/flows/nope,NO_SUCH_THING",
        "GET,/api/v1/nope,NO_SUCH_PATH",
        "DELETE,/api/v1/runs,METHOD_NOT_ALLOWED",
        "GET,/api/v1/runs?stauts=failed,UNKNOWN_PARAMETER",
        "GET,/api/v1/runs?status=done,BAD_PARAMETER",
        "GET,/api/v1/runs?limit=0,BAD_PARAMETER",
        "GET,/api/v1/runs?after=nope,BAD_PARAMETER",
        "GET,/api/v1/runs?after=%00,BAD_PARAMETER",
        "GET,/api/v1/starts?after=1,BAD_PARAMETER",
        "GET,/api/v1/alerts?after=nope,BAD_PARAMETER",
        "GET,/api/v1/audit?after=nope,BAD_PARAMETER",
        "GET,/api/v1/waits?after=nope,BAD_PARAMETER",
        "GET,/api/v1/failed-payloads?after=nope,BAD_PARAMETER",
        "GET,/api/v1/failed-payloads/causes?after=nope,BAD_PARAMETER",
        "GET,/api/v1/flows/orders-to-erp/revisions?after=nope,BAD_PARAMETER",
        "GET,/api/v1/caches?after=nope,BAD_PARAMETER",
        "GET,/api/v1/tracked?after=nonsense,BAD_PARAMETER",
        "GET,/api/v1/runs?since=yesterday,BAD_PARAMETER",
        "GET,/api/v1/runs?since=1764547200,BAD_PARAMETER",
        "GET,/api/v1/audit?until=-1,BAD_PARAMETER",
        "GET,/api/v1/flows/nope/version,NO_SUCH_THING",
        "POST,/api/v1/flows/orders-to-erp/rollback?to=9,NO_SUCH_THING",
        "POST,/api/v1/environments/nope/deploy,NO_SUCH_THING",
        "POST,/api/v1/blueprints/nope/install,UNSUPPORTED_MEDIA_TYPE",
        "POST,/api/v1/flows/nope%00/start,BAD_REQUEST",
        "POST,/api/v1/replays,BAD_REQUEST"
    })
    void saysWhatIsWrongByACode(String verb, String path, String code) throws Exception {
        HttpResponse<String> answer = api.send(api.request(path).method(verb, BodyPublishers.noBody()));

        assertThat(JSON.readTree(answer.body()).path("code").asText())
                .as(answer.body())
                .isEqualTo(code);
    }

    /** A row of the document: what is asked, and what with. */
    private record Nonsense(String verb, String path, String body) {}

    @Test
    void noCallIsBroughtDownByNonsense() throws Exception {
        String deep = "[".repeat(3000) + "]".repeat(3000);
        List<Nonsense> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : api.document().get("paths").properties()) {
            String named = path.getKey().replaceAll("\\{[^}]+}", "nope");
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String verb = operation.getKey().toUpperCase(Locale.ROOT);
                for (String body : List.of("", "{", "[]", "null", "\"x\"", deep, "{\"a\":" + deep + "}")) {
                    all.add(new Nonsense(verb, named, verb.equals("GET") ? "" : body));
                }
                for (JsonNode parameter : operation.getValue().path("parameters")) {
                    if (parameter.path("in").asText().equals("query")) {
                        String name = parameter.path("name").asText();
                        for (String value : List.of("", "-1", "%00", "%F0%9F%98%80", "1764547200", "9".repeat(40))) {
                            all.add(new Nonsense(verb, named + "?" + name + "=" + value, ""));
                        }
                    }
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(1500);
        for (Nonsense one : all) {
            HttpResponse<String> answer = api.send(api.request(one.path())
                    .header("Content-Type", "application/json")
                    .method(one.verb(), BodyPublishers.ofString(one.body())));
            assertThat(answer.statusCode()).as("%s: %s", one, answer.body()).isLessThan(500);
            if (answer.statusCode() >= 400) {
                JsonNode said = JSON.readTree(answer.body());
                assertThat(said.path("code").asText()).as("%s: %s", one, said).matches("[A-Z][A-Z_]+");
                assertThat(said.path("detail").asText())
                        .as(one.toString())
                        .isNotEmpty()
                        .doesNotContain("Exception", "io.patchbay", "java.", "'null'");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/flows/orders-to-erp/start?var.curency=EUR | no variable 'curency'; it has currency",
                "/api/v1/flows/orders-to-erp/start?priority=high | 'priority' is not one of a start",
                "/api/v1/flows/orders-to-erp/start?trigger=cron | 'trigger' is not one of a start",
                "/api/v1/failed-payloads?coed=HTTP_422 | no parameter 'coed' here; did you mean 'code'?",
                "/api/v1/flows/orders-to-erp?deep=yes | no parameter 'deep' here; there is none.",
                "/api/v1/flows?limit=0 | limit must be 1 to 500, found 0",
                "/api/v1/flows?limit=ten | limit",
                "/api/v1/runs?status=done | status 'done' is not known; there are queued, running",
                "/api/v1/failed-payloads?state=lost | state 'lost' is not known; there are open",
            })
    void refusesParametersThatMakeNoSense(String path, String detail) throws Exception {
        HttpResponse<String> answer = path.contains("/start") ? api.post(path, "") : api.get(path);

        problem(answer, 400, detail);
    }

    @Test
    void givesListsInPartsThatFitTogether() throws Exception {
        JsonNode first = api.ok(api.get("/api/v1/flows?limit=2"), "/api/v1/flows", "get");
        JsonNode second = api.ok(
                api.get("/api/v1/flows?limit=2&after=" + first.get("next").asText()), "/api/v1/flows", "get");

        assertThat(first.get("data")).hasSize(2);
        assertThat(second.at("/data/0/id").asText()).isEqualTo("wrong");
        assertThat(second.get("next").isNull()).isTrue();
    }

    @Test
    void refusesAPayloadOverTheLimitByItsLength() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/flows/orders-to-erp/start")
                .POST(BodyPublishers.ofByteArray(new byte[100 * 1024 + 1])));

        problem(answer, 413, "more than 102400 bytes");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void refusesAPayloadOverTheLimitThatHidesItsLength() throws Exception {
        HttpResponse<String> answer = api.send(api.request("/api/v1/flows/orders-to-erp/start")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100 * 1024 + 1]))));

        problem(answer, 413, "more than 102400 bytes");
        assertThat(api.flows.asked).isEmpty();
    }

    @Test
    void refusesABodyThatEndsTooEarly() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port)) {
            socket.getOutputStream()
                    .write(("POST /api/v1/flows/orders-to-erp/start HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + ApiProgram.TOKEN
                                    + "\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{\"half\":")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }

        assertThat(api.flows.asked).isEmpty();
    }
}
