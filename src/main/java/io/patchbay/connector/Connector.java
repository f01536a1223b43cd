package io.patchbay.connector;

import io.patchbay.connector.definition.ConnectorConfig;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connector that was read, checked and compiled.
 *
 * @param version of the definition
 * @param config as it was written
 * @param file where it was read from
 * @param hash over the file's content: what a revision of a flow depends on
 * @param texts of its files, by their paths from its folder
 * @param requester how it is reached
 * @param auth ways to prove who calls, by id
 * @param endpoints what it offers, by id
 * @param webhooks what events its system sends, by id
 */
public record Connector(
        Version version,
        ConnectorConfig config,
        String file,
        String hash,
        Map<String, String> texts,
        Requester requester,
        Map<String, AuthMethod> auth,
        Map<String, Endpoint> endpoints,
        Map<String, WebhookEvent> webhooks) {

    public Connector {
        texts = Map.copyOf(texts);
        auth = Map.copyOf(auth);
        endpoints = Map.copyOf(endpoints);
        webhooks = Map.copyOf(webhooks);
    }

    /** Its id. */
    public String id() {
        return config.connector();
    }

    /** Its id and version, like {@code shop@1.4.0}. */
    public String named() {
        return id() + "@" + version;
    }

    /** What people call it. */
    public String title() {
        String title = config.title();
        return title == null ? id() : title;
    }

    /** An endpoint, or null. */
    public @Nullable Endpoint endpoint(String id) {
        return endpoints.get(id);
    }
}
