package io.patchbay.trigger.intake;

import io.patchbay.connector.WebhookEvent;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.Dedupe;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.InstanceWebhook;
import io.patchbay.trigger.Trigger;
import io.patchbay.trigger.Webhook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What answers at a path, ready to be asked.
 *
 * @param targets what is started: one flow; of an event, all that take it
 * @param gate who may come in
 * @param variables names of the variables in its path, in order
 * @param methods HTTP methods that it answers
 * @param maxBody most bytes of a body
 * @param headers request headers that go along
 * @param query query parameters that go along
 * @param answer what the caller gets in place of the run's id, or null
 * @param unwrapping what is taken out of a delivery
 * @param spills whether a large body goes to a file while it comes in
 */
record Door(
        List<Target> targets,
        Gate gate,
        List<String> variables,
        Set<String> methods,
        long maxBody,
        List<HeaderName> headers,
        List<String> query,
        @Nullable Reply answer,
        Unwrapping unwrapping,
        boolean spills) {

    /** Largest body of an event, which is held in memory: several flows may take it. */
    private static final long EVENT = 10L << 20;

    /**
     * A flow that is started.
     *
     * @param flow its id
     * @param trigger its settings
     * @param metas names of the metadata that its trigger asks for
     */
    record Target(String flow, Trigger trigger, Set<String> metas) {}

    static Door of(String flow, Webhook hook, Gate gate) {
        Webhook.Reply given = hook.answer();
        Dedupe dedupe = hook.repeats();
        Unwrapping unwrapping = dedupe == null
                ? Unwrapping.NOTHING
                : new Unwrapping(dedupe.key().template(), dedupe.remember(), null);
        return new Door(
                List.of(new Target(flow, hook, metas(hook.headers(), hook.query()))),
                gate,
                List.of(),
                hook.methods().stream().map(Callback.Method::name).collect(Collectors.toSet()),
                hook.maxBody().toBytes(),
                hook.headers(),
                hook.query(),
                given == null ? null : Reply.of(given.status(), given.body(), given.contentType()),
                unwrapping,
                !gate.keepsBody() && !unwrapping.readsBody());
    }

    /** @param takers triggers of the same event, at least one */
    static Door of(WebhookEvent event, List<DeployedTrigger> takers, Gate gate) {
        List<Target> targets = takers.stream()
                .map(taker -> {
                    InstanceWebhook trigger = (InstanceWebhook) taker.trigger();
                    return new Target(taker.flow(), trigger, metas(trigger.headers(), trigger.query()));
                })
                .toList();
        List<InstanceWebhook> triggers =
                takers.stream().map(taker -> (InstanceWebhook) taker.trigger()).toList();
        Unwrapping unwrapping =
                new Unwrapping(event.dedupeKey(), event.config().dedupeFor(), event.eventPath());
        return new Door(
                targets,
                gate,
                List.of(),
                Set.of("POST"),
                EVENT,
                triggers.stream().flatMap(t -> t.headers().stream()).distinct().toList(),
                triggers.stream().flatMap(t -> t.query().stream()).distinct().toList(),
                null,
                unwrapping,
                false);
    }

    static Door of(String flow, Callback callback, Gate gate) {
        return new Door(
                List.of(new Target(flow, callback, Set.of())),
                gate,
                callback.path().variables(),
                Set.of(callback.method().name()),
                callback.maxBody().toBytes(),
                callback.headers(),
                callback.query(),
                null,
                Unwrapping.NOTHING,
                false);
    }

    private static Set<String> metas(List<HeaderName> headers, List<String> query) {
        Set<String> names = new HashSet<>();
        headers.forEach(header -> names.add("header." + header.text()));
        query.forEach(name -> names.add("query." + name));
        return names;
    }
}
