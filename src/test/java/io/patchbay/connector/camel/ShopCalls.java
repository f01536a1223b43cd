package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Lineage;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What tests of calls of the connector {@code shop} share: its world, one attempt, and what was asked for. */
abstract class ShopCalls extends InWorld {

    static final String GET = """
            items.get:
              kind: read
              inputs: {id: {type: string}, lang: {required: false}}
              method: GET
              path: /items/${with.id}.json
              request: {query: {lang: '${with.lang}', region: '${settings.region}'}, headers: {X-Trace: 'a-${with.id}'}}
              response: {keepHeaders: [ETag]}
            """;

    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    final List<String> asked = new CopyOnWriteArrayList<>();

    static Payload nothing() {
        return Payload.empty(Lineage.ofRun("run-1"));
    }

    /** Answers requests below a path and notes them. */
    void serve(String path, World.Answering answering) {
        world.serve(path, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            answering.answer(exchange);
        });
    }

    Payload answer(String uri) throws Exception {
        return world.answer(uri, nothing(), attempt, null);
    }

    StepException failure(String uri) throws Exception {
        Exchange exchange = world.call(uri, nothing(), attempt, null);
        assertThat(exchange.getException()).isInstanceOf(StepException.class);
        return (StepException) exchange.getException();
    }

    /** What a call of {@link #GET} fails with. */
    StepException failureOf(World.Answering answering) throws Exception {
        world.shop(GET);
        serve("/api/items/", answering);
        return failure("connector:shop/items.get?id=7");
    }
}
