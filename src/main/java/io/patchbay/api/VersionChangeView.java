package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Doc;
import io.patchbay.payload.Json;
import io.patchbay.route.version.Change;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One difference between two versions. */
@Doc("One difference between two versions of a flow")
record VersionChangeView(
        @Doc("What became of it: added, removed, moved or changed")
        Change.Kind kind,

        @Doc(
                "What it is about: a shape, a setting, a field of a map (by its target), a script, a table, or what stands behind a shape whose own words are the same (behind)")
        Change.What what,

        @Doc("The shape; null for the flow itself") @Nullable
        String shape,

        @Doc(
                "Where in the flow or the shape; for a shape that was added, removed or moved, the list that it stands in; the name of a script or a table")
        String path,

        @Doc("What was there; null when nothing was") @Nullable
        JsonNode before,

        @Doc("What is there; null when nothing is") @Nullable
        JsonNode after) {

    static VersionChangeView of(Change change, UnaryOperator<String> redact) {
        return new VersionChangeView(
                change.kind(),
                change.what(),
                change.shape(),
                change.path(),
                redacted(change.before(), redact),
                redacted(change.after(), redact));
    }

    /** A value without what is secret in its texts. */
    static @Nullable JsonNode redacted(@Nullable JsonNode value, UnaryOperator<String> redact) {
        if (value instanceof ObjectNode map) {
            ObjectNode copy = Json.NODES.objectNode();
            map.properties().forEach(field -> copy.set(field.getKey(), redacted(field.getValue(), redact)));
            return copy;
        }
        if (value instanceof ArrayNode list) {
            ArrayNode copy = Json.NODES.arrayNode();
            list.forEach(item -> copy.add(redacted(item, redact)));
            return copy;
        }
        return value != null && value.isTextual() ? Json.NODES.textNode(redact.apply(value.textValue())) : value;
    }
}
