package io.patchbay.trigger.intake;

import io.patchbay.trigger.Callback;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.Trigger;
import io.patchbay.trigger.Webhook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A deployed webhook or callback, ready to be asked.
 *
 * @param flow the flow's id
 * @param trigger its settings
 * @param gate who may come in
 * @param variables names of the variables in its path, in order
 * @param methods HTTP methods that it answers
 * @param maxBody most bytes of a body
 * @param headers request headers that go along
 * @param query query parameters that go along
 * @param answer what a webhook's caller gets in place of the run's id, or null
 */
record Door(
        String flow,
        Trigger trigger,
        Gate gate,
        List<String> variables,
        Set<String> methods,
        long maxBody,
        List<HeaderName> headers,
        List<String> query,
        @Nullable Reply answer) {

    static Door of(String flow, Webhook hook, Gate gate) {
        Webhook.Reply given = hook.answer();
        return new Door(
                flow,
                hook,
                gate,
                List.of(),
                Set.of("GET", "POST"),
                hook.maxBody().toBytes(),
                hook.headers(),
                hook.query(),
                given == null ? null : Reply.of(given.status(), given.body(), given.contentType()));
    }

    static Door of(String flow, Callback callback, Gate gate) {
        return new Door(
                flow,
                callback,
                gate,
                callback.path().variables(),
                Set.of(callback.method().name()),
                callback.maxBody().toBytes(),
                callback.headers(),
                callback.query(),
                null);
    }
}
