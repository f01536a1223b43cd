package io.patchbay.trigger;

import io.patchbay.canvas.Default;
import io.patchbay.canvas.Doc;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Instance;
import io.patchbay.connector.WebhookEvent;
import io.patchbay.expression.Template;
import io.patchbay.problem.DidYouMean;
import io.patchbay.problem.Problems;
import io.patchbay.shape.Placed;
import io.patchbay.shape.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Starts a run for every event that the system of an instance sends to {@code /events/INSTANCE/EVENT}. How the sender proves
 * itself, what the event is and how a repeated one is known stands in the connector; several flows may take the same event.
 *
 * @param instance the connector instance
 * @param event one of its connector's webhooks
 * @param headers request headers kept as metadata {@code header.NAME}
 * @param query query parameters kept as metadata {@code query.NAME}
 */
@Doc("Starts a run for every event that an instance's system sends to /events/INSTANCE/EVENT.")
public record InstanceWebhook(
        @Doc("The connector instance.") String instance,

        @Doc("One of the webhooks that its connector describes.")
        String event,

        @Doc("Request headers kept as metadata 'header.NAME'.") @Default("[]")
        List<HeaderName> headers,

        @Doc("Query parameters kept as metadata 'query.NAME'.") @Default("[]")
        List<String> query)
        implements Trigger {

    public InstanceWebhook {
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        Kept.check(headers, query, new Access.Open());
    }

    @Override
    public String kind() {
        return "webhook";
    }

    @Override
    public void check(Placed at, Surroundings around, Problems problems) {
        Catalog catalog = around.services().get(Catalog.class) instanceof Catalog known ? known : Catalog.EMPTY;
        Instance of = catalog.instance(instance);
        if (of == null) {
            catalog.missing(instance, at.at("instance"), problems);
            return;
        }
        Map<String, WebhookEvent> events = of.connector().webhooks();
        WebhookEvent found = events.get(event);
        if (found == null) {
            String hint = events.isEmpty()
                    ? "it describes none; give 'path' and 'verify' here"
                    : DidYouMean.nearest(event, events.keySet())
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("it describes " + String.join(", ", new TreeSet<>(events.keySet())));
            problems.error(
                    at.at("event"),
                    "UNKNOWN_EVENT",
                    "connector '" + of.connector().id() + "' describes no webhook '" + event + "'",
                    hint);
            return;
        }
        checkProof(of, found, at, problems);
    }

    private void checkProof(Instance of, WebhookEvent found, Placed at, Problems problems) {
        for (String setting : found.settings()) {
            if (!of.settings().containsKey(setting)) {
                problems.error(
                        at.at("event"),
                        "MISSING_SETTING",
                        "event '" + event + "' is proved by the setting '" + setting + "', which instance '" + instance
                                + "' does not have",
                        "add it in " + of.file());
            }
        }
        Template key = found.publicKey();
        if (key != null && key.constant()) {
            try {
                VerifyKey.ed25519(key.constantValue().asText());
            } catch (IllegalArgumentException e) {
                problems.error(
                        at.at("event"),
                        "BAD_VALUE",
                        String.valueOf(e.getMessage()),
                        "mend it in " + of.connector().file());
            }
        }
    }
}
