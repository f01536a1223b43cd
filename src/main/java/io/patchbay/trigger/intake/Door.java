package io.patchbay.trigger.intake;

import io.patchbay.connector.WebhookEvent;
import io.patchbay.trigger.Callback;
import io.patchbay.trigger.Dedupe;
import io.patchbay.trigger.DeployedTrigger;
import io.patchbay.trigger.HeaderName;
import io.patchbay.trigger.Inbound;
import io.patchbay.trigger.InstanceWebhook;
import io.patchbay.trigger.Trigger;
import io.patchbay.trigger.Webhook;
import io.patchbay.trigger.inbound.CallerDesk;
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
 * @param admission who may call, where callers have tokens of ours; null elsewhere
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
        boolean spills,
        @Nullable Admission admission) {

    /** Largest body of an event, which is held in memory: several flows may take it. */
    private static final long EVENT = 10L << 20;

    private static final long TOKEN_REQUEST = 8 * 1024;

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
                : new Unwrapping(dedupe.key().template(), dedupe.remember(), null, Unwrapping.Kind.DELIVERY);
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
                !gate.keepsBody() && !unwrapping.readsBody(),
                null);
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
        Unwrapping unwrapping = new Unwrapping(
                event.dedupeKey(), event.config().dedupeFor(), event.eventPath(), Unwrapping.Kind.DELIVERY);
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
                false,
                null);
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
                false,
                null);
    }

    static Door of(String flow, Inbound inbound, Gate gate, CallerDesk callers) {
        return new Door(
                List.of(new Target(flow, inbound, Set.of())),
                gate,
                List.of(),
                Set.of("POST"),
                inbound.maxBody().toBytes(),
                inbound.headers(),
                List.of(),
                null,
                Unwrapping.of(inbound),
                false,
                new Admission(callers, Set.copyOf(inbound.callers())));
    }

    /** Where callers of the inbound API get their tokens. */
    static Door ofTokens(Gate gate) {
        return ofTokens(gate, "POST", TOKEN_REQUEST);
    }

    /** The same for callers that can only GET: without a body, so that the credentials stand in a header. */
    static Door ofTokensByGet(Gate gate) {
        return ofTokens(gate, "GET", 0);
    }

    private static Door ofTokens(Gate gate, String method, long maxBody) {
        return new Door(
                List.of(),
                gate,
                List.of(),
                Set.of(method),
                maxBody,
                List.of(new HeaderName("Authorization")),
                List.of(TokenProcessor.SECRET),
                null,
                Unwrapping.NOTHING,
                false,
                null);
    }

    private static Set<String> metas(List<HeaderName> headers, List<String> query) {
        Set<String> names = new HashSet<>();
        headers.forEach(header -> names.add("header." + header.text()));
        query.forEach(name -> names.add("query." + name));
        return names;
    }
}
