package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.expression.LookupTable;
import io.patchbay.expression.Scope;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the placeholders of a connector file read during one call.
 *
 * @param settings the instance's settings, secrets among them
 * @param with what the caller passed, completed
 * @param payload what is sent or asked for
 * @param queuedAt what relative dates hang on
 * @param page what the paginator puts into the path, by name
 * @param auth what the proof puts into path and body, by name
 */
public record CallScope(
        ObjectNode settings, ObjectNode with, Payload payload, Instant queuedAt, ObjectNode page, ObjectNode auth)
        implements Scope {

    /** A call that is no page of a list, or the first one. */
    public CallScope(ObjectNode settings, ObjectNode with, Payload payload, Instant queuedAt) {
        this(settings, with, payload, queuedAt, Json.NODES.objectNode(), Json.NODES.objectNode());
    }

    /** The same call, with what the paginator puts into the path. */
    public CallScope onPage(ObjectNode values) {
        return values.isEmpty() ? this : new CallScope(settings, with, payload, queuedAt, values, auth);
    }

    /** The same with what the proof puts into path and body. */
    public CallScope withProof(ObjectNode values) {
        return values.isEmpty() ? this : new CallScope(settings, with, payload, queuedAt, page, values);
    }

    /** The same with another payload. */
    public CallScope withPayload(Payload other) {
        return new CallScope(settings, with, other, queuedAt, page, auth);
    }

    /** What is the same for all calls of an instance. */
    public static CallScope fixed(ObjectNode settings) {
        return new CallScope(
                settings,
                Json.NODES.objectNode(),
                Payload.empty(io.patchbay.payload.Lineage.ofRun("none")),
                Instant.EPOCH);
    }

    @Override
    public JsonNode tree(String root) {
        return switch (root) {
            case "settings" -> settings;
            case "with" -> with;
            case "page" -> page;
            case "auth" -> auth;
            case "payload" -> payloadTree();
            case "record" -> record();
            default -> MissingNode.getInstance();
        };
    }

    /** Rows are a text; other content that is no JSON has no value. */
    private JsonNode payloadTree() {
        if (payload.body() instanceof Body.Bytes raw && raw.contentType().startsWith("text/csv")) {
            return Json.NODES.textNode(new String(raw.bytes(), StandardCharsets.UTF_8));
        }
        try {
            return payload.tree();
        } catch (StepException e) {
            return MissingNode.getInstance();
        }
    }

    /** The payload's only record. */
    private JsonNode record() {
        try {
            List<JsonNode> records = payload.records();
            return records.size() == 1 ? records.get(0) : MissingNode.getInstance();
        } catch (StepException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public @Nullable JsonNode named(String root, String name) {
        String value = root.equals("meta") ? payload.meta().get(name) : null;
        return value == null ? null : Json.NODES.textNode(value);
    }

    @Override
    public @Nullable LookupTable table(String name) {
        return null;
    }
}
