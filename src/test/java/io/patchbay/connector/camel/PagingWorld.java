package io.patchbay.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.payload.FakeAttempt;
import io.patchbay.payload.Pull;
import io.patchbay.payload.StepException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What tests of lists share: a list of a shop, what it was asked, and pulls of it. */
abstract class PagingWorld extends InWorld {

    final FakeAttempt attempt = new FakeAttempt(Map.of(), Map.of(), null, 0);
    final List<String> asked = new CopyOnWriteArrayList<>();

    void list(String paginator, String... more) throws Exception {
        world.shop(
                "{none: {type: none}}",
                "errorHandler: {backoff: {initial: 10ms, max: 20ms, maxAttempts: 3}}",
                """
                items.list:
                  kind: read
                  method: GET
                  path: /items
                  recordSelector: {path: '$.items[*]'%s}
                  paginator: %s
                """.formatted(more.length == 0 ? "" : ", " + more[0], paginator),
                "");
    }

    void serve(World.Answering answering) {
        world.serve("/api/items", exchange -> {
            asked.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
            answering.answer(exchange);
        });
    }

    void pullsAll() throws Exception {
        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);
        assertThat(elements.get(elements.size() - 1)).isInstanceOf(Pull.End.class);
        assertThat(Lists.ids(elements)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    StepException failure() throws Exception {
        List<Pull.Element> elements = world.pull(Lists.URI, attempt, null);
        Pull.Element last = elements.get(elements.size() - 1);
        assertThat(last).isInstanceOf(Pull.Failed.class);
        return ((Pull.Failed) last).why();
    }
}
