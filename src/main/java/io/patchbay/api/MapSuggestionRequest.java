package io.patchbay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.mapping.suggest.Side;
import io.patchbay.payload.RecordPath;
import io.patchbay.route.MapPreviews;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What fields are to be proposed for. */
@Doc("The two sides that fields are to be proposed for")
record MapSuggestionRequest(
        @Doc("What comes") SideRequest source,
        @Doc("What is wanted") SideRequest target) {

    private static final int LONGEST = 200;

    /** One side. */
    @Doc("One side of a map: a sample, a schema, both, or an endpoint")
    record SideRequest(
            @Doc("A list of records or one record") @Nullable
            JsonNode sample,

            @Doc("Where the records of the sample stand, like $.orders[*]") @Nullable
            String records,

            @Doc("JSON Schema of a record") @Nullable Map<String, JsonNode> schema,

            @Doc("An instance whose endpoint says what it gives or takes") @Nullable
            String instance,

            @Doc("The endpoint") @Nullable String endpoint) {}

    /** Reads a side of a request's body. */
    static Side side(JsonNode given, String key, MapPreviews previews) {
        JsonNode side = given.path(key);
        if (!side.isObject()) {
            throw Refusal.badRequest(
                    key + " is missing: give an object with a sample, a schema, or instance and endpoint.");
        }
        side.fieldNames().forEachRemaining(name -> {
            if (!List.of("sample", "records", "schema", "instance", "endpoint").contains(name)) {
                throw Refusal.badRequest("Key " + Refusal.quoted(name) + " of " + key
                        + " is not known; there are sample, records, schema, instance and endpoint.");
            }
        });
        String instance = JsonRequest.text(side, "instance", LONGEST);
        Side read = instance == null
                ? Side.of(schema(side), records(side))
                : Side.of(
                        previews.schema(
                                instance,
                                JsonRequest.needed(side, "endpoint", LONGEST, "name one of the instance's"),
                                key.equals("target")),
                        List.of());
        if (read.isEmpty()) {
            throw Refusal.badRequest("Nothing is known of the " + key + ": it has no fields.");
        }
        return read;
    }

    private static @Nullable JsonNode schema(JsonNode side) {
        JsonNode schema = side.path("schema");
        if (!schema.isMissingNode() && !schema.isObject()) {
            throw Refusal.badRequest("schema must be an object.");
        }
        return schema.isObject() ? schema : null;
    }

    private static List<JsonNode> records(JsonNode side) {
        JsonNode sample = side.path("sample");
        String path = JsonRequest.text(side, "records", LONGEST);
        try {
            return (path == null ? RecordPath.of(sample) : RecordPath.parse(path)).records(sample);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(Refusal.sentence(String.valueOf(e.getMessage())));
        }
    }
}
