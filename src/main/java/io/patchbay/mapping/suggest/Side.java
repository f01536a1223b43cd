package io.patchbay.mapping.suggest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the records on one side of a map.
 *
 * @param leaves its places, in the order of the schema and the samples
 * @param cut whether there were more than are looked at
 */
public record Side(List<Leaf> leaves, boolean cut) {

    /** Most places of a side: each of one side is held against each of the other. */
    public static final int MOST_PLACES = 1000;

    /** Most records that are looked at. */
    public static final int MOST_RECORDS = 100;

    public Side {
        leaves = List.copyOf(leaves);
    }

    /**
     * A side.
     *
     * @param schema JSON Schema of a record, or of a list of records; null for none
     * @param records samples, of which the first {@link #MOST_RECORDS} are looked at
     */
    public static Side of(@Nullable JsonNode schema, List<JsonNode> records) {
        Spots spots = new Spots();
        if (schema != null) {
            spots.schema(schema);
        }
        for (JsonNode record : records.subList(0, Math.min(records.size(), MOST_RECORDS))) {
            spots.sample(record);
        }
        return spots.side();
    }

    /** Whether a document is a JSON Schema rather than data. */
    public static boolean isSchema(JsonNode document) {
        if (!document.isObject()) {
            return false;
        }
        if (document.path("$schema").isTextual()) {
            return true;
        }
        JsonNode type = document.path("type");
        JsonNode below = type.asText("").equals("object")
                ? document.path("properties")
                : type.asText("").equals("array") ? document.path("items") : MissingNode.getInstance();
        return type.isTextual() && below.isObject();
    }

    /** Whether nothing is known. */
    public boolean isEmpty() {
        return leaves.isEmpty();
    }
}
