package io.patchbay.connector.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.canvas.Doc;
import io.patchbay.canvas.OneWord;
import io.patchbay.canvas.WrongValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a flow that reads a list learns what was deleted. */
@OneWord("type")
@Doc(
        "How a flow that reads a list learns what was deleted in the system: deleted records come in payloads of their own, whose"
                + " metadata say change: deleted. A type that needs nothing else may stand alone, like deletes: missingInFull")
public record DeletesConfig(
        @Doc("How it is known") Type type,

        @Doc("Field of a record that says that it is deleted, like deleted_at (tombstoneField)") @Nullable
        String field,

        @Doc(
                "Value, or list of values, of the field by which a record is deleted; by default any but null, false, 0, an empty one"
                        + " and a date of zeros (tombstoneField)")
        @Nullable
        JsonNode is,

        @Doc(
                "How much of what was known may be missing, like 20%, which is the default; more fails the pull, because a list that"
                        + " came short looks the same (missingInFull)")
        @Nullable
        String atMost,

        @Doc("Endpoint whose records are the deleted ones; it is read after the list (deletedEndpoint)") @Nullable
        String endpoint) {

    private static final Pattern SHARE = Pattern.compile("([0-9]{1,2}|100)%");
    private static final int DEFAULT_SHARE = 20;

    /** @throws WrongValueException if parts are missing, or belong to another type */
    public DeletesConfig {
        need(
                type == Type.TOMBSTONE_FIELD,
                field,
                "field",
                "tombstoneField",
                "like { type: tombstoneField, field: deleted_at }");
        need(
                type == Type.DELETED_ENDPOINT,
                endpoint,
                "endpoint",
                "deletedEndpoint",
                "like { type: deletedEndpoint, endpoint: orders.deleted }");
        refuse(type != Type.TOMBSTONE_FIELD, is, "is", "tombstoneField");
        refuse(type != Type.MISSING_IN_FULL, atMost, "atMost", "missingInFull");
        if (is != null && Stream.of(is).anyMatch(JsonNode::isObject)) {
            throw new WrongValueException("'is' is a value, or a list of values", "like is: deleted");
        }
        if (atMost != null && !SHARE.matcher(atMost).matches()) {
            throw new WrongValueException(
                    "'atMost' must be a share from 0% to 100%, found '" + atMost + "'", "like atMost: 20%");
        }
    }

    private static void need(boolean needed, @Nullable Object value, String key, String type, String hint) {
        if (needed && value == null) {
            throw new WrongValueException("'" + type + "' needs '" + key + "'", hint);
        }
        refuse(!needed, value, key, type);
    }

    private static void refuse(boolean refused, @Nullable Object value, String key, String type) {
        if (refused && value != null) {
            throw new WrongValueException("'" + key + "' belongs to 'type: " + type + "'", "take it out");
        }
    }

    /** The share in percent that may be missing. */
    public int percent() {
        Matcher share = SHARE.matcher(atMost == null ? "" : atMost);
        return share.matches() ? Integer.parseInt(share.group(1)) : DEFAULT_SHARE;
    }

    /** How deletes are known. */
    public enum Type {
        /** They are not. */
        NONE,
        /** The record itself says so. */
        TOMBSTONE_FIELD,
        /** It was in the whole list once, and is not any more. */
        MISSING_IN_FULL,
        /** Another endpoint tells them. */
        DELETED_ENDPOINT
    }
}
