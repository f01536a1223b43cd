package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that are not what the schema of an answer says. */
class ResponseSchemaTest extends ListPulls {

    private final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);

    private void declare(String more) throws Exception {
        declare(5, more);
    }

    private void declare(int most, String more) throws Exception {
        lists.world()
                .write(
                        "connectors/shop/item.schema.json",
                        "{\"properties\": {\"id\": {\"type\": \"integer\", \"maximum\": " + most + "}}}");
        lists.list("recordSelector: {path: '$.items[*]'}\n"
                + "paginator: {type: pageNumber, pageSize: 3, inject: {into: query, name: page}, pageSizeParam: limit, stopWhen: shortPage}\n"
                + "response: {schema: ./item.schema.json" + more + "}");
        lists.serve(exchange -> {
            int page = Integer.parseInt(Lists.query(exchange).get("page"));
            World.json(exchange, 200, Lists.page((page - 1) * 3 + 1, 3, ""));
        });
    }

    private List<Pull.Element> pull() throws Exception {
        return lists.world().pull(Lists.URI, attempt, null);
    }

    @Test
    void driftIsToldOnceInARunAndLosesNothing() throws Exception {
        declare("");
        var registry = new SimpleMeterRegistry();
        Metrics.addRegistry(registry);
        try {
            assertThat(Lists.ids(pull())).containsExactly(1, 2, 3, 4, 5, 6, 7);
            assertThat(Lists.ids(pull())).hasSize(7);
        } finally {
            Metrics.removeRegistry(registry);
        }

        assertThat(attempt.log())
                .singleElement()
                .asString()
                .contains("records that are not as ./item.schema.json says: $.id: must have a maximum value of 5")
                .contains("They go on as they are");
        assertThat(registry.get("patchbay.schema.drift")
                        .tag("endpoint", "items.list")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void aCallByHandTellsTheDrift() throws Exception {
        declare(2, "");

        InstanceCalls.Outcome outcome = new InstanceCalls(
                        lists.world().context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                .call("shop", "items.list", Map.of(), "call-1", null);

        assertThat(outcome.failure()).isNull();
        assertThat(outcome.warnings())
                .singleElement()
                .asString()
                .contains("not as ./item.schema.json says: $.id: must have a maximum value of 2")
                .endsWith("They go on as they are");
    }

    @Test
    void theCallFailsWhereTheEndpointSaysSo() throws Exception {
        declare(", onMismatch: fail");

        List<Pull.Element> elements = pull();

        assertThat(Lists.ids(elements)).containsExactly(1, 2, 3);
        assertThat(((Pull.Failed) elements.get(elements.size() - 1)).why())
                .hasMessageContaining("not as ./item.schema.json says")
                .extracting("code")
                .isEqualTo("SCHEMA_DRIFT");
    }
}
