package io.patchbay.connector;

import io.patchbay.canvas.Node;
import io.patchbay.canvas.Node.ListNode;
import io.patchbay.canvas.Node.MapNode;
import io.patchbay.canvas.Node.ScalarNode;
import io.patchbay.connector.definition.EndpointConfig;
import io.patchbay.connector.definition.WebhookConfig;
import io.patchbay.problem.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks how a system is asked for an event, and how that is ended. */
final class SubscriptionCompiler {

    private static final String BEGIN = "subscribeEndpoint";
    private static final String END = "unsubscribeEndpoint";
    private static final Set<String> BEGINS = Set.of("url", "event", "secret");
    private static final Set<String> ENDS = Set.of("id", "url", "event");
    private static final int LONGEST_TOPIC = 200;

    private final Compiling compiling;
    private final Map<String, EndpointConfig> endpoints;

    SubscriptionCompiler(Compiling compiling, Map<String, EndpointConfig> endpoints) {
        this.compiling = compiling;
        this.endpoints = endpoints;
    }

    /** What the system is told, as a text that is the same wherever it stands in the file; empty when it is told nothing. */
    String compile(String id, WebhookConfig webhook) {
        String subscribe = webhook.subscribeEndpoint();
        checkAlone(id, webhook);
        EndpointConfig begin = endpoint(id, BEGIN, subscribe);
        if (begin != null) {
            checkInputs(id, BEGIN, String.valueOf(subscribe), begin, BEGINS);
            checkBegin(id, webhook, String.valueOf(subscribe), begin);
        }
        EndpointConfig end = endpoint(id, END, webhook.unsubscribeEndpoint());
        if (end != null) {
            checkInputs(id, END, String.valueOf(webhook.unsubscribeEndpoint()), end, ENDS);
            if (end.inputs().containsKey("id") && webhook.subscriptionPath() == null) {
                error(
                        id,
                        "MISSING_KEY",
                        "'" + webhook.unsubscribeEndpoint()
                                + "' gets the subscription's id, and nothing says where it stands",
                        "subscriptionPath: $.id, where it stands in the answer of subscribeEndpoint",
                        END);
            }
        }
        if (subscribe == null) {
            return "";
        }
        return String.join(
                "\n",
                webhook.topic() == null ? id : webhook.topic(),
                text(compiling.node("requester", "baseUrl")),
                text(compiling.node("endpoints", subscribe)));
    }

    /** Words that mean nothing without the endpoint that subscribes. */
    private void checkAlone(String id, WebhookConfig webhook) {
        String topic = webhook.topic();
        if (topic != null && (topic.isBlank() || topic.length() > LONGEST_TOPIC)) {
            error(id, "BAD_VALUE", "'topic' must be a text of 1 to 200 characters", "like orders/paid", "topic");
        }
        if (webhook.subscribeEndpoint() != null) {
            return;
        }
        if (webhook.unsubscribeEndpoint() != null) {
            error(id, "MISSING_KEY", "what is ended has to be begun: 'subscribeEndpoint' is missing", null, END);
        }
        if (webhook.subscriptionPath() != null) {
            error(
                    id,
                    "NOT_HERE",
                    "'subscriptionPath' reads the answer of 'subscribeEndpoint', which is missing",
                    null,
                    "subscriptionPath");
        }
        if (topic != null) {
            error(id, "NOT_HERE", "'topic' is told to 'subscribeEndpoint', which is missing", null, "topic");
        }
    }

    private @Nullable EndpointConfig endpoint(String id, String key, @Nullable String name) {
        EndpointConfig endpoint = name == null ? null : endpoints.get(name);
        if (name != null && endpoint == null) {
            error(
                    id,
                    "UNKNOWN_ENDPOINT",
                    "'" + name + "' is not an endpoint of this connector",
                    DidYouMean.hint(name, endpoints.keySet()),
                    key);
        } else if (endpoint != null
                && (!endpoint.kind().acts() || endpoint.file() != null || endpoint.asyncJob() != null)) {
            error(
                    id,
                    "BAD_VALUE",
                    "'" + name + "' is not an endpoint that makes a request and changes something",
                    "one of kind subscribe, with 'method' and 'path'",
                    key);
            return null;
        }
        return endpoint;
    }

    private void checkInputs(String id, String key, String name, EndpointConfig endpoint, Set<String> given) {
        Set<String> missing = endpoint.inputs().entrySet().stream()
                .filter(input -> input.getValue().mandatory() && !given.contains(input.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String input : missing) {
            error(
                    id,
                    "BAD_VALUE",
                    "'" + name + "' needs the input '" + input + "', which '" + key + "' does not give",
                    "it gives " + String.join(", ", new TreeSet<>(given)) + "; another one needs a default",
                    key);
        }
    }

    private void checkBegin(String id, WebhookConfig webhook, String name, EndpointConfig endpoint) {
        if (!endpoint.inputs().containsKey("url")) {
            error(
                    id,
                    "MISSING_KEY",
                    "'" + name + "' has no input 'url': the address that the event is sent to",
                    "inputs: {url: {type: string}}, and ${with.url} where the system wants it",
                    BEGIN);
        }
        boolean proved = webhook.verify() != null && webhook.verify().secret() != null;
        if (endpoint.inputs().containsKey("secret") && !proved) {
            error(
                    id,
                    "MISSING_KEY",
                    "'" + name + "' gets the secret of 'verify', and there is none",
                    "give verify a 'secret', or take the input 'secret' away",
                    BEGIN);
        }
    }

    private static String text(@Nullable Node node) {
        if (node instanceof MapNode map) {
            return map.entries().values().stream()
                    .map(entry -> entry.key() + ": " + text(entry.value()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof ListNode list) {
            List<Node> items = list.items();
            return items.stream().map(SubscriptionCompiler::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return node instanceof ScalarNode scalar ? "'" + scalar.text() + "'" : "";
    }

    private void error(String id, String code, String what, @Nullable String hint, String key) {
        compiling.error(compiling.at("webhooks", id, key), code, what, hint);
    }
}
