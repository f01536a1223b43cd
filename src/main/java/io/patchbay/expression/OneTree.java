package io.patchbay.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One tree that is read by the name of its root; whatever else is asked for is missing. */
record OneTree(String only, JsonNode values) implements Scope {

    @Override
    public JsonNode tree(String root) {
        return root.equals(only) ? values : MissingNode.getInstance();
    }

    @Override
    public @Nullable JsonNode named(String root, String name) {
        return null;
    }

    @Override
    public @Nullable LookupTable table(String name) {
        return null;
    }

    @Override
    public Instant queuedAt() {
        return Instant.EPOCH;
    }
}
