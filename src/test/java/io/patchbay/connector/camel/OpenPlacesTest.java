package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths, parameters and headers whose names a flow gives. */
class OpenPlacesTest extends InWorld {

    private static final String OPEN = """
            any.get:
              kind: read
              inputs:
                path: {type: path}
                query: {type: object, default: {}}
                headers: {type: object, default: {}}
              method: GET
              path: /${with.path}
              request: {query: {fixed: '1', '*': '${with.query}'}, headers: {X-Fixed: '1', '*': '${with.headers}'}}
            part.get:
              kind: read
              inputs: {id: {type: string}}
              method: GET
              path: /Orders(${with.id})
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @BeforeEach
    void serve() throws Exception {
        world.shop(
                "{key: {type: apiKey, inject: {into: header, name: X-Key, format: '${settings.token}'}}}",
                "",
                OPEN,
                "");
        world.serve("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            World.json(exchange, 200, "{}");
        });
    }

    private StepException call(String endpoint, String with) throws Exception {
        Map<String, JsonNode> values = Json.MAPPER.convertValue(
                Json.MAPPER.readTree(with),
                new com.fasterxml.jackson.core.type.TypeReference<Map<String, JsonNode>>() {});
        return new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .call("shop", endpoint, values, "call-1", null)
                .failure();
    }

    @ParameterizedTest
    @CsvSource({"orders/7, /api/orders/7", "/a b/ü%2F/, /api/a%20b/%C3%BC%252F/", "..a/b.., /api/..a/b.."})
    void encodesEachPartOfAPath(String path, String sent) throws Exception {
        assertThat(call("any.get", "{\"path\": \"" + path + "\"}")).isNull();

        assertThat(asked).containsExactly(sent + "?fixed=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "orders/../admin", "./x", "a//b", "//other.example.com/x", "a?b=c", "a#b"})
    void refusesAPathThatLeadsElsewhere(String path) throws Exception {
        assertThat(call("any.get", "{\"path\": \"" + path + "\"}"))
                .isNotNull()
                .extracting(StepException::code)
                .isIn("BAD_PATH", "BAD_INPUT");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"query\": {\"fixed\": \"2\"}",
                "\"query\": {\"a\": {\"b\": 1}}",
                "\"headers\": {\"x-fixed\": \"2\"}",
                "\"headers\": {\"Host\": \"other.example.com\"}",
                "\"headers\": {\"Authorization\": \"Bearer x\"}",
                "\"headers\": {\"x-key\": \"x\"}",
                "\"headers\": {\"A: b\": \"x\"}",
                "\"headers\": {\"X-A\": \"x\\r\\nX-B: y\"}",
                "\"headers\": {\"X-A\": \"x\\u007f\"}",
                "\"headers\": {\"X-A\": \"x\\u0007\"}",
                "\"headers\": {\"X-A\": \"x\\u0085\"}"
            })
    void refusesWhatIsNotTheFlowsToSay(String with) throws Exception {
        assertThat(call("any.get", "{\"path\": \"a\", " + with + "}"))
                .isNotNull()
                .extracting(StepException::code)
                .isIn("BAD_INPUT", "BAD_HEADER");
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"path\": \"a\\ud83d\"", "\"path\": \"a\", \"query\": {\"q\": \"\\ude00b\"}"})
    void refusesHalfOfACharacter(String with) throws Exception {
        assertThat(call("any.get", "{" + with + "}"))
                .isNotNull()
                .hasMessageContaining("holds half of a character (U+D")
                .extracting(StepException::code)
                .isEqualTo("BAD_TEXT");
        assertThat(asked).isEmpty();
    }

    @Test
    void keepsWhatTheAuthorWroteAroundAPlaceholder() throws Exception {
        assertThat(call("part.get", "{\"id\": \"a/(b)\"}")).isNull();

        assertThat(asked).containsExactly("/api/Orders(a%2F%28b%29)");
    }

    @Test
    void saysWhatCannotStayOpen() throws Exception {
        try (Lists lists = new Lists(home.resolve("lists"))) {
            assertThat(lists.problems("GET", "/a-${with.path}", """
                            inputs: {path: {type: path}, more: {type: string}}
                            request: {query: {'*': '${with.more}', since: '${page.other}'}}
                            incremental: {cursorField: at, lower: {into: template, name: since}, start: 1d}
                            """))
                    .anyMatch(problem -> problem.contains("an input of type path stands alone"))
                    .anyMatch(problem -> problem.contains("'*' stands for the members of an input of type object"))
                    .anyMatch(problem -> problem.contains("the request has no place for 'since'"))
                    .anyMatch(problem -> problem.contains("${page.other}, which nothing sets"));
        }
    }

    @Test
    void joinsAListInAPathWithCommas() throws Exception {
        world.rewrite("id: {type: string}", "id: {type: array}");

        assertThat(call("part.get", "{\"id\": [\"1-50\", 60, \"a,b/..\"]}")).isNull();

        assertThat(asked).containsExactly("/api/Orders(1-50,60,a%2Cb%2F..)");
    }

    @Test
    void leavesOutWhatReadsASettingThatIsNotGiven() throws Exception {
        world.rewrite("port: {type: integer}", "port: {type: integer}, tag: {required: false}");
        world.rewrite("X-Fixed: '1'", "X-Tag: '${settings.tag}'");
        world.rewrite("fixed: '1'", "fixed: '1', tag: '${settings.tag}'");

        assertThat(call("any.get", "{\"path\": \"orders\"}")).isNull();

        assertThat(asked).containsExactly("/api/orders?fixed=1");
    }
}
