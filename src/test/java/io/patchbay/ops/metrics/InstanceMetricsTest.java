package io.patchbay.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceMetricsTest {

    @TempDir
    Path home;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static String gauge(String state, int value) {
        return "patchbay_instance_status{instance=\"shop\",state=\"" + state + "\"} " + value + ".0";
    }

    @Test
    void oneStateOfEachInstanceIsOneAndThoseOfAGoneInstanceGo() throws Exception {
        try (World world = new World(home)) {
            world.shop("shop.get: {kind: read, method: GET, path: /shop}\n");
            world.serve("/api/shop", exchange -> World.json(exchange, 401, "{}"));
            InstanceCalls calls =
                    new InstanceCalls(world.context().getComponent(ConnectorComponent.NAME, ConnectorComponent.class));
            InstanceMetrics metrics = new InstanceMetrics(registry, () -> calls);

            metrics.taken(1);
            assertThat(registry.scrape())
                    .contains(gauge("unknown", 1), gauge("operational", 0), gauge("limited", 0))
                    .doesNotContain("state=\"failed\"");

            calls.call("shop", "shop.get", Map.of(), "call-1", null);
            assertThat(registry.scrape()).contains(gauge("unknown", 0), gauge("failedAuthentication", 1));

            Files.delete(home.resolve("connectors/shop/instances/shop.yaml"));
            world.reload();
            metrics.taken(2);
            assertThat(registry.scrape()).doesNotContain("patchbay_instance_status{");
        }
    }
}
