package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where the format of a signature reads: the signature, its stamps, and the instance's settings. */
record SignedScope(CallScope settings, String signature, String timestamp, String nonce) implements Scope {

    @Override
    public JsonNode tree(String root) {
        return switch (root) {
            case "signature" -> Json.NODES.textNode(signature);
            case "timestamp" -> Json.NODES.textNode(timestamp);
            case "nonce" -> Json.NODES.textNode(nonce);
            default -> settings.tree(root);
        };
    }

    @Override
    public @Nullable JsonNode named(String root, String name) {
        return settings.named(root, name);
    }

    @Override
    public @Nullable JsonNode table(String table, String key) {
        return null;
    }

    @Override
    public Instant queuedAt() {
        return settings.queuedAt();
    }
}
