package io.patchbay.trigger.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.Catalog;
import io.patchbay.connector.Endpoint;
import io.patchbay.connector.Instance;
import io.patchbay.connector.Place;
import io.patchbay.connector.WebhookEvent;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.StepException;
import io.patchbay.trigger.intake.InstanceEvents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How systems are told, by what connectors say of it. */
final class Asking {

    private static final Set<String> GONE = Set.of("HTTP_404", "HTTP_410");
    private static final int LONGEST_ID = 1_000;

    private final Supplier<Catalog> catalog;
    private final InstanceEvents events;
    private final Calls calls;
    private final @Nullable String publicUrl;

    Asking(Supplier<Catalog> catalog, InstanceEvents events, Calls calls, @Nullable String publicUrl) {
        this.catalog = catalog;
        this.events = events;
        this.calls = calls;
        this.publicUrl = publicUrl == null || publicUrl.isBlank() ? null : publicUrl.replaceAll("/+$", "");
    }

    /**
     * What a system is to be told of an event.
     *
     * @param hash over all of it
     * @param address where the event is to be sent
     */
    record Told(String hash, String address) {}

    boolean knowsAddress() {
        return publicUrl != null;
    }

    /** Whether the system of the instance has to be asked for the event. */
    boolean asksFor(InstanceEvent key) {
        return catalog.get()
                .webhook(key.instance(), key.event())
                .map(event -> event.config().subscribeEndpoint())
                .isPresent();
    }

    /** Empty when the system is not asked, or nobody knows the address. */
    Optional<Told> told(InstanceEvent key) {
        Instance instance = catalog.get().instance(key.instance());
        WebhookEvent event =
                instance == null ? null : instance.connector().webhooks().get(key.event());
        if (instance == null || event == null || event.config().subscribeEndpoint() == null || publicUrl == null) {
            return Optional.empty();
        }
        String address = publicUrl + "/events/" + key.instance() + "/" + key.event();
        Map<String, String> settings = new TreeMap<>();
        for (Map.Entry<String, Template> setting : instance.settings().entrySet()) {
            if (event.told().contains("settings." + setting.getKey())) {
                settings.put(setting.getKey(), setting.getValue().toString());
            }
        }
        return Optional.of(new Told(hash(address + "\n" + event.told() + "\n" + settings), address));
    }

    /** The subscription's id; empty when the connector does not say where it stands, or it stands nowhere. */
    Optional<String> begin(InstanceEvent key, Told told, String request) throws StepException {
        Instance instance = instance(key);
        WebhookEvent event = event(instance, key);
        String name = String.valueOf(event.config().subscribeEndpoint());
        Map<String, JsonNode> with = new HashMap<>();
        with.put("url", Json.NODES.textNode(told.address()));
        with.put("event", Json.NODES.textNode(event.topic()));
        Endpoint endpoint = endpoint(instance, name);
        if (endpoint.config().inputs().containsKey("secret") && event.secret() != null) {
            String secret = events.proof(key.instance(), key.event())
                    .orElseThrow(() -> new StepException(
                            Owner.AUTHOR, "NO_SECRET", "the secret that its sender signs with is not there"));
            with.put("secret", Json.NODES.textNode(secret));
        }
        JsonNode answer = calls.call(key.instance(), name, known(endpoint, with), request);
        Place place = event.subscriptionPath();
        JsonNode id = place == null ? null : place.find(answer);
        return id == null
                        || Values.absent(id)
                        || id.isContainerNode()
                        || Values.text(id).length() > LONGEST_ID
                ? Optional.empty()
                : Optional.of(Values.text(id));
    }

    /** What is wrong with an answer that gave no id; null when none is needed. */
    @Nullable
    String noId(InstanceEvent key) {
        return catalog.get()
                .webhook(key.instance(), key.event())
                .map(WebhookEvent::subscriptionPath)
                .map(place -> "the system took it, and its answer has no id of the subscription at " + place.text()
                        + ": it will have to be ended in the system")
                .orElse(null);
    }

    /** Tells the system that it is over. @return false when the connector does not say how, or the id is not known */
    boolean end(Subscription of, String request) throws StepException {
        InstanceEvent key = of.key();
        Instance instance = instance(key);
        WebhookEvent event = event(instance, key);
        String name = event.config().unsubscribeEndpoint();
        if (name == null) {
            return false;
        }
        Endpoint endpoint = endpoint(instance, name);
        Map<String, JsonNode> with = new HashMap<>();
        with.put("url", Json.NODES.textNode(String.valueOf(of.address())));
        with.put("event", Json.NODES.textNode(event.topic()));
        if (of.id() != null) {
            with.put("id", Json.NODES.textNode(of.id()));
        } else if (endpoint.config().inputs().containsKey("id")) {
            return false;
        }
        try {
            calls.call(key.instance(), name, known(endpoint, with), request);
        } catch (StepException e) {
            if (!GONE.contains(e.code())) {
                throw e;
            }
        }
        return true;
    }

    private static Map<String, JsonNode> known(Endpoint endpoint, Map<String, JsonNode> with) {
        with.keySet().retainAll(endpoint.config().inputs().keySet());
        return with;
    }

    private Instance instance(InstanceEvent key) throws StepException {
        Instance instance = catalog.get().instance(key.instance());
        if (instance == null) {
            throw missing("there is no instance '" + key.instance() + "' any more");
        }
        return instance;
    }

    private static WebhookEvent event(Instance instance, InstanceEvent key) throws StepException {
        WebhookEvent event = instance.connector().webhooks().get(key.event());
        if (event == null) {
            throw missing("connector '" + instance.connector().id() + "' describes no webhook '" + key.event()
                    + "' any more");
        }
        return event;
    }

    private static Endpoint endpoint(Instance instance, String name) throws StepException {
        Endpoint endpoint = instance.connector().endpoint(name);
        if (endpoint == null) {
            throw missing("connector '" + instance.connector().id() + "' has no endpoint '" + name + "' any more");
        }
        return endpoint;
    }

    private static StepException missing(String what) {
        return new StepException(Owner.AUTHOR, "NOT_FOUND", what);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
