package io.patchbay.connector.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.connector.CallScope;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Scope;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the format of a proof reads: the instance's settings, and what the proof is made of.
 *
 * @param settings the settings
 * @param more further roots, like the signature or the token
 */
record MoreScope(CallScope settings, Map<String, JsonNode> more) implements Scope {

    @Override
    public JsonNode tree(String root) {
        JsonNode own = more.get(root);
        return own != null ? own : settings.tree(root);
    }

    @Override
    public @Nullable JsonNode named(String root, String name) {
        return settings.named(root, name);
    }

    @Override
    public @Nullable LookupTable table(String name) {
        return null;
    }

    @Override
    public Instant queuedAt() {
        return settings.queuedAt();
    }

    @Override
    public String toString() {
        return "scope of " + more.keySet();
    }
}
