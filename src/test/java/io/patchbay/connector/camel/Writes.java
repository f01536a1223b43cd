package io.patchbay.connector.camel;

import io.patchbay.connector.Use;
import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;

/** What tests of writes share: an endpoint {@code items.create}, and what its system got. */
abstract class Writes extends InWorld {

    static final String BACKOFF = "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}";
    static final Use INPUT = new Use(Map.of(), new Use.Input(), false);
    static final Use ANSWER = new Use(Map.of(), new Use.Response(), false);

    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    final List<String> got = new CopyOnWriteArrayList<>();

    /** What a system answers to a body. */
    interface Answer {
        String to(String body);
    }

    /** Declares the endpoint with these words, and further endpoints. */
    void declare(String words, String... further) throws Exception {
        String endpoint = """
                items.create:
                  kind: write
                  method: POST
                  path: /items
                """ + words.indent(2);
        world.shop("{none: {type: none}}", BACKOFF, endpoint + String.join("\n", further), "");
    }

    /** Answers 200, or the status that the answer begins with. */
    void serve(Answer answer) {
        world.serve("/api/items", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            got.add(body);
            String text = answer.to(body);
            int status = text.matches("(?s)[2-5][0-9][0-9] .*") ? Integer.parseInt(text.substring(0, 3)) : 200;
            World.json(exchange, status, status == 200 ? text : text.substring(4));
        });
    }

    Payload send(String json) throws Exception {
        return world.answer("connector:shop/items.create", World.payload(json), attempt, INPUT);
    }

    StepException failure(String json) throws Exception {
        Exchange exchange = world.call("connector:shop/items.create", World.payload(json), attempt, INPUT);
        return (StepException) exchange.getException();
    }

    /** Records that failed, like {@code 1 CODE}. */
    List<String> failed() {
        return attempt.failed().stream()
                .map(failed -> failed.index() + " " + failed.why().code())
                .toList();
    }
}
