package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.connector.Use;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that payloads and redirects give, in any script: what is asked for is what was named. */
class GivenAddressesTest extends ShopCalls {

    private static final String KYIV = "%D0%9A%D0%B8%D1%97%D0%B2";

    @ParameterizedTest
    @ValueSource(strings = {"/uni/Київ|ü?n=2", "/uni/" + KYIV + "%7C%C3%BC?n=2"})
    void asksForAGivenAddress(String path) throws Exception {
        world.shop("given.get:\n  {kind: read, inputs: {to: {}}, method: GET, url: '${with.to}'}\n");
        serve("/uni/", exchange -> World.json(exchange, 200, "{}"));

        Exception thrown = given("http://127.0.0.1:" + world.port() + path);

        assertThat(thrown).isNull();
        assertThat(asked).containsExactly("GET /uni/" + KYIV + "%7C%C3%BC?n=2");
    }

    private Exception given(String address) throws Exception {
        var endpoint = world.context().getEndpoint("connector:shop/given.get");
        var producer = endpoint.createAsyncProducer();
        producer.start();
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(nothing());
        exchange.setProperty(Attempt.PROPERTY, attempt);
        exchange.setProperty(Use.WITH, Map.of("to", Json.NODES.textNode(address)));
        producer.process(exchange);
        return exchange.getException();
    }

    @Test
    void followsARedirectWhoseLocationIsWrittenInUtf8() throws Exception {
        world.shop("moved.get:\n  {kind: read, method: GET, path: /moved}\n");
        serve("/api/moved", exchange -> {
            boolean first = exchange.getRequestURI().getRawQuery() == null;
            String octets = new String("?to=Київ|1".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            if (first) {
                exchange.getResponseHeaders().set("Location", octets);
            }
            World.json(exchange, first ? 307 : 200, first ? "" : "{}");
        });

        answer("connector:shop/moved.get");

        assertThat(asked).containsExactly("GET /api/moved", "GET /api/moved?to=" + KYIV + "%7C1");
    }
}
