package io.patchbay.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import java.time.Instant;
import java.util.Map;

/** The values of {@code ${run.…}}. */
final class RunTree {

    private RunTree() {}

    /** As they are now. */
    static JsonNode of(Run.Identity identity, Instant startedAt, Map<String, ShapeCounts> counts) {
        ObjectNode tree = Json.NODES.objectNode();
        tree.put("id", identity.id());
        tree.put("flow", identity.flow());
        tree.put("revision", identity.revision());
        tree.put("trigger", identity.trigger());
        tree.put("queuedAt", identity.queuedAt().toString());
        tree.put("startedAt", startedAt.toString());
        long failed = 0;
        ObjectNode shapes = tree.putObject("shapes");
        for (Map.Entry<String, ShapeCounts> entry : counts.entrySet()) {
            ShapeCounts of = entry.getValue();
            failed += of.payloadsFailed.sum();
            shapes.putObject(entry.getKey())
                    .put("payloads", of.payloadsOut.sum())
                    .put("records", of.recordsOut.sum())
                    .put("failed", of.payloadsFailed.sum());
        }
        tree.put("failed", failed);
        return tree;
    }
}
