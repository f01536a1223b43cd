package io.patchbay.trigger.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.Json;
import io.patchbay.payload.schema.PayloadSchema;
import io.patchbay.payload.schema.Violation;
import java.util.List;

/**
 * A list whose records were each held to a schema.
 *
 * @param taken the records that fit, in order
 * @param refused how many do not
 * @param errors what is wrong with each of those: its position, the place in the body (RFC 6901) and what was expected
 */
record Sifted(ArrayNode taken, int refused, ArrayNode errors) {

    /** With more that do not fit, a body is refused whole: each one has to be named, and an answer must have an end. */
    static final int MOST = 1_000;

    private static final int MOST_OF_ONE = 3;

    /** Holds each record of a list to the schema. */
    static Sifted of(JsonNode list, PayloadSchema schema) {
        ArrayNode taken = Json.NODES.arrayNode();
        ArrayNode errors = Json.NODES.arrayNode();
        int refused = 0;
        for (int i = 0; i < list.size(); i++) {
            JsonNode record = list.get(i);
            List<Violation> violations = schema.violations(record);
            if (violations.isEmpty()) {
                taken.add(record);
                continue;
            }
            if (++refused > MOST) {
                break;
            }
            for (JsonNode error : errors("/" + i, violations.subList(0, Math.min(MOST_OF_ONE, violations.size())))) {
                errors.add(Json.NODES.objectNode().put("index", i).setAll((ObjectNode) error));
            }
        }
        return new Sifted(taken, refused, errors);
    }

    /** Whether so many do not fit that none is taken. */
    boolean tooMany() {
        return refused > MOST;
    }

    /** A body that is one record, which fits. */
    static Sifted one(JsonNode record) {
        return new Sifted(Json.NODES.arrayNode().add(record), 0, Json.NODES.arrayNode());
    }

    /**
     * Violations as a problem document names them (RFC 9457).
     *
     * @param record pointer to the value that was held to the schema
     */
    static ArrayNode errors(String record, List<Violation> violations) {
        ArrayNode errors = Json.NODES.arrayNode();
        for (Violation one : violations) {
            errors.addObject().put("detail", one.plain()).put("pointer", "#" + record + one.pointer());
        }
        return errors;
    }

    /** Says what was taken. */
    void tell(ObjectNode answer) {
        answer.put("accepted", taken.size()).put("refused", refused);
        if (refused > 0) {
            answer.set("errors", errors);
        }
    }
}
