package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a call sends, and what it makes of a good answer. */
class ConnectorCallTest extends ShopCalls {

    private static final String CREATE = """
            items.create:
              kind: write
              method: POST
              path: /items
              idempotency: {type: header}
            """;

    @Test
    void readsAnAnswerWithPathQueryAndHeadersOfTheDefinition() throws Exception {
        world.shop(GET);
        List<String> trace = new CopyOnWriteArrayList<>();
        serve("/api/items/", exchange -> {
            trace.add(exchange.getRequestHeaders().getFirst("X-Trace"));
            exchange.getResponseHeaders().set("ETag", "v7");
            World.json(exchange, 200, "{\"id\": 7, \"price\": 10.50}");
        });

        Payload answer = answer("connector:shop/items.get?id=7");

        assertThat(asked).containsExactly("GET /api/items/7.json?region=eu");
        assertThat(trace).containsExactly("a-7");
        assertThat(answer.tree()).hasToString("{\"id\":7,\"price\":10.50}");
        assertThat(answer.lineage()).hasToString("run-1");
        assertThat(answer.meta()).containsOnly(Map.entry("header.ETag", "v7"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, GET /api/items/a%2Fb.json?region=eu",
        "a%2Fb, GET /api/items/a%252Fb.json?region=eu",
        "..., GET /api/items/....json?region=eu",
        "x?y=z#f, GET /api/items/x%3Fy%3Dz%23f.json?region=eu",
        "grün & ${x}, GET /api/items/gr%C3%BCn%20%26%20%24%7Bx%7D.json?region=eu"
    })
    void keepsAValueInsideItsPartOfThePath(String id, String expected) throws Exception {
        world.shop(GET);
        serve("/api/items/", exchange -> World.json(exchange, 200, "{}"));
        Exchange exchange = world.call("connector:shop/items.get", nothing(), attempt, null);
        assertThat(exchange.getException()).hasMessageContaining("needs the input 'id'");

        world.context().createFluentProducerTemplate();
        Exchange plain = world.context()
                .createProducerTemplate()
                .request("connector:shop/items.get", e -> e.setProperty(Use.WITH, Map.of("id", id)));

        assertThat(plain.getException()).isNull();
        assertThat(asked).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "../../etc/passwd",
                "a/../b",
                "..%2Fadmin",
                "%2e%2e/x",
                "..%252Fadmin",
                "..\\x",
                "a/.."
            })
    void refusesAValueThatASystemCouldTakeForAnotherPlace(String id) throws Exception {
        world.shop(GET.replace("${with.id}.json", "${with.id}"));

        Exchange plain = world.context()
                .createProducerTemplate()
                .request("connector:shop/items.get", e -> e.setProperty(Use.WITH, Map.of("id", id)));

        assertThat(plain.getException()).hasMessageContaining("leads to another place of the system");
        assertThat(asked).isEmpty();
    }

    @Test
    void sendsAPayloadWithTheSameKeyOnEachTry() throws Exception {
        world.shop(CREATE);
        List<String> got = new CopyOnWriteArrayList<>();
        serve("/api/items", exchange -> {
            got.add(exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            World.json(exchange, 201, "{\"ok\":true}");
        });

        FakeAttempt ofAnotherShape = new FakeAttempt() {
            @Override
            public String shape() {
                return "other";
            }
        };
        for (FakeAttempt one : List.of(attempt, attempt, ofAnotherShape)) {
            world.answer("connector:shop/items.create", World.payload("{\"a\":1}"), one, null);
        }

        assertThat(got).hasSize(3);
        assertThat(got.get(0)).isEqualTo(got.get(1)).matches("[0-9a-f]{32} \\{\"a\":1\\}");
        assertThat(got.get(2)).isNotEqualTo(got.get(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: query, name: key} | {} | POST /api/items?key=K {"a":1}
            {type: body, name: key} | {} | POST /api/items {"a":1,"key":"K"}
            {type: body, name: in.key} | {body: {template: {in: {b: 2}}}} | POST /api/items {"in":{"b":2,"key":"K"}}
            {type: body, name: in.key} | {body: {type: graphql, template: {query: 'mutation($in: In!) { a(in: $in) }'}}} | POST /api/items {"query":"mutation($in: In!) { a(in: $in) }","variables":{"in":{"key":"K"}}}
            """)
    void sendsTheKeyInTheQueryOrTheBodyTheSameOnEachTry(String idempotency, String request, String expected)
            throws Exception {
        world.shop("""
                items.create:
                  kind: write
                  method: POST
                  path: /items
                  idempotency: %s
                  request: %s
                """.formatted(idempotency, request));
        List<String> got = new CopyOnWriteArrayList<>();
        serve("/api/items", exchange -> {
            got.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            World.json(exchange, 201, "{}");
        });

        for (int i = 0; i < 2; i++) {
            world.answer("connector:shop/items.create", World.payload("{\"a\":1}"), attempt, null);
        }

        assertThat(got.get(0)).isEqualTo(got.get(1));
        assertThat(got.get(0).replaceFirst("[0-9a-f]{32}", "K")).isEqualTo(expected);
    }

    @Test
    void aListHasNoPlaceForAKeyInTheBody() throws Exception {
        world.shop(CREATE.replace("{type: header}", "{type: body, name: key}"));
        serve("/api/items", exchange -> World.json(exchange, 201, "{}"));

        Exchange exchange = world.call("connector:shop/items.create", World.payload("[1]"), attempt, null);

        assertThat(exchange.getException())
                .hasMessageContaining("can go into an object only, and there is an array where");
        assertThat(asked).isEmpty();
    }

    @Test
    void takesNoHeaderOfTheMessageAndGivesNone() throws Exception {
        world.shop(GET);
        List<String> names = new CopyOnWriteArrayList<>();
        serve("/api/items/", exchange -> {
            names.addAll(exchange.getRequestHeaders().keySet());
            exchange.getResponseHeaders().set("CamelHttpUri", "http://evil");
            exchange.getResponseHeaders().set("camelfilename", "x");
            World.json(exchange, 200, "{}");
        });

        Exchange out = world.context().createProducerTemplate().request("connector:shop/items.get?id=1", exchange -> {
            exchange.getMessage().setHeader("CamelHttpUri", "http://127.0.0.1:1/evil");
            exchange.getMessage().setHeader("CamelHttpPath", "/evil");
            exchange.getMessage().setHeader("CamelHttpMethod", "DELETE");
            exchange.getMessage().setHeader("X-Mine", "x");
        });

        assertThat(asked).containsExactly("GET /api/items/1.json?region=eu");
        assertThat(names).doesNotContain("X-mine", "X-Mine");
        assertThat(out.getMessage().getHeaders().keySet())
                .containsExactlyInAnyOrder("CamelHttpUri", "CamelHttpPath", "CamelHttpMethod", "X-Mine");
        assertThat(out.getMessage().getHeader("CamelHttpUri")).isEqualTo("http://127.0.0.1:1/evil");
        assertThat(out.getMessage().getBody()).isEqualTo("{}");
    }

    @Test
    void recordsRequestsWithoutSecrets() throws Exception {
        world.shop(
                "{key: {type: apiKey, inject: {into: query, name: api_key, format: '${settings.token}'}}}",
                "",
                GET.replace("X-Trace: 'a-${with.id}'", "X-Token: '${settings.token}'"),
                "");
        serve("/api/items/", exchange -> {
            exchange.getResponseHeaders().set("Set-Cookie", "s=1");
            exchange.getResponseHeaders().set("X-Echo", "t0ken-value");
            World.json(exchange, 200, "{}");
        });

        answer("connector:shop/items.get?id=1");

        assertThat(asked).containsExactly("GET /api/items/1.json?region=eu&api_key=t0ken-value");
        assertThat(attempt.requests()).singleElement().satisfies(log -> {
            assertThat(log.target()).endsWith("/api/items/1.json?region=eu&api_key=***");
            assertThat(log.status()).isEqualTo(200);
            assertThat(log.requestHeaders()).containsEntry("X-Token", "***");
            assertThat(log.responseHeaders()).containsEntry("X-echo", "***").containsEntry("Set-cookie", "***");
            assertThat(log.toString()).doesNotContain("t0ken-value");
        });
    }

    @Test
    void readsTextAndBinary() throws Exception {
        world.shop(GET.replace("keepHeaders: [ETag]", "format: text")
                + GET.replace("items.get", "items.pdf").replace("keepHeaders: [ETag]", "format: binary"));
        serve("/api/items/1", exchange -> {
            byte[] latin = "grün".getBytes(StandardCharsets.ISO_8859_1);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=ISO-8859-1");
            exchange.sendResponseHeaders(200, latin.length);
            exchange.getResponseBody().write(latin);
        });
        byte[] large = new byte[1_000_000];
        new java.util.Random(7).nextBytes(large);
        serve("/api/items/2", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/pdf");
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large);
        });

        Payload text = answer("connector:shop/items.get?id=1");
        Payload binary = answer("connector:shop/items.pdf?id=2");

        assertThat(text.tree().textValue()).isEqualTo("grün");
        assertThat(binary.body()).isInstanceOf(io.patchbay.payload.Body.Stored.class);
        assertThat(binary.body().contentType()).isEqualTo("application/pdf");
        assertThat(binary.bytes()).isEqualTo(large);
    }
}
