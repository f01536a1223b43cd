package io.patchbay.trigger.subscription;

import com.sun.net.httpserver.HttpExchange;
import io.patchbay.connector.WebhookEvent;
import io.patchbay.connector.camel.ConnectorComponent;
import io.patchbay.connector.camel.InstanceCalls;
import io.patchbay.connector.camel.World;
import io.patchbay.payload.Json;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.InstanceWebhook;
import io.patchbay.trigger.intake.InstanceEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A shop that keeps subscriptions, and runtimes that ask it for events. */
final class Hooks implements AutoCloseable {

    static final String EVENT = """
            webhooks:
              order-paid:
                subscribeEndpoint: hooks.create
                unsubscribeEndpoint: hooks.delete
                subscriptionPath: $.hook.id
                topic: orders/paid
                verify: {type: hmacSha256, header: X-Shop, secret: '${settings.token}'}
            """;
    static final String ENDPOINTS = """
            hooks.create:
              kind: subscribe
              method: POST
              path: /hooks
              inputs: {url: {type: string}, event: {type: string}, secret: {type: string}}
              request: {body: {type: json, template: {url: '${with.url}', topic: '${with.event}', key: '${with.secret}'}}}
            hooks.delete: {kind: subscribe, method: DELETE, path: '/hooks/${with.id}', inputs: {id: {type: string}}}
            """;

    /** What the shop was asked, in order, like {@code POST {"url":…}} and {@code DELETE /api/hooks/1}. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** How often it answers 503 from now on. */
    final AtomicInteger failures = new AtomicInteger();

    final World world;
    private final DataSource database;
    private final AtomicInteger ids = new AtomicInteger();
    private final List<Subscriptions> runtimes = new ArrayList<>();

    Hooks(Path home, DataSource database) throws Exception {
        this.database = database;
        this.world = new World(home);
        world.serve("/api/hooks", this::answer);
        world.shop("{none: {type: none}}", EVENT, ENDPOINTS, "");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean post = exchange.getRequestMethod().equals("POST");
        asked.add(exchange.getRequestMethod() + " " + (post ? body : exchange.getRequestURI()));
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            World.json(exchange, 503, "{\"error\":\"maintenance\"}");
        } else if (post) {
            World.json(exchange, 201, "{\"hook\":{\"id\":" + ids.incrementAndGet() + "}}");
        } else {
            World.json(exchange, 200, "{}");
        }
    }

    /** A runtime that was just started. */
    Subscriptions runtime(String publicUrl, Duration lease) {
        Subscriptions made = new Subscriptions(
                new Subscriptions.Parts(
                        world::catalog,
                        new Events(),
                        (instance, endpoint, with, id) -> {
                            InstanceCalls.Outcome outcome = new InstanceCalls(world.context()
                                            .getComponent(ConnectorComponent.NAME, ConnectorComponent.class))
                                    .call(instance, endpoint, with, id, null);
                            if (outcome.failure() != null) {
                                throw outcome.failure();
                            }
                            return outcome.answer() == null
                                    ? Json.NODES.missingNode()
                                    : outcome.answer().tree();
                        },
                        database,
                        publicUrl,
                        Clock.systemUTC()),
                new Subscriptions.Times(Duration.ofMillis(20), lease, Duration.ofMillis(50)));
        runtimes.add(made);
        return made;
    }

    /** A set of triggers in which so many flows take the event. */
    static List<DeployedTrigger> flows(int count) {
        List<DeployedTrigger> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new DeployedTrigger(
                    "flow-" + i, 0, new InstanceWebhook("shop", "order-paid", List.of(), List.of())));
        }
        return all;
    }

    private final class Events implements InstanceEvents {
        @Override
        public Optional<WebhookEvent> event(String instance, String event) {
            return world.catalog().webhook(instance, event);
        }

        @Override
        public Optional<String> proof(String instance, String event) {
            return Optional.of("t0ken-value");
        }
    }

    @Override
    public void close() {
        runtimes.forEach(Subscriptions::close);
        world.close();
    }
}
