package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.connector.definition.DeletesConfig;
import io.patchbay.expression.Values;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.Owner;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How deleted records of a list are known.
 *
 * @param config as it was written; never of type none
 * @param field where a record says that it is deleted, or null
 * @param key what identifies a record, by name; empty where nobody asks
 */
public record Deletes(DeletesConfig config, @Nullable Place field, Map<String, Place> key) {

    /** Metadata that say what a payload tells of its records. */
    public static final String CHANGE = "change";

    /** Its value for records that were deleted; other payloads have none. */
    public static final String DELETED = "deleted";

    /** Longest key of a record, in bytes. */
    private static final int LONGEST = 1_000;

    /** What stands for no date, like 0000-00-00 00:00:00. */
    private static final Pattern ZEROS = Pattern.compile("[0:. TZ+-]*0[0:. TZ+-]*");

    public Deletes {
        key = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(key));
    }

    /** Whether deletes are told in this way. */
    public boolean by(DeletesConfig.Type type) {
        return config.type() == type;
    }

    /** Whether a payload tells deletes. */
    public static boolean tells(Payload payload) {
        return DELETED.equals(payload.meta().get(CHANGE));
    }

    /** The payload as one that tells deletes. */
    public static Payload telling(Payload payload) {
        return payload.withMeta(CHANGE, DELETED);
    }

    /** The payload as one that tells none, whatever it was made from. */
    public static Payload plain(Payload payload) {
        if (!payload.meta().containsKey(CHANGE)) {
            return payload;
        }
        Map<String, String> meta = new LinkedHashMap<>(payload.meta());
        meta.remove(CHANGE);
        return new Payload(payload.lineage(), payload.body(), payload.recordPath(), meta);
    }

    /** A page in two. */
    public record Parted(Payload there, @Nullable Payload deleted) {}

    /** The page with its deleted records taken out. */
    public Parted parted(Payload page) throws StepException {
        if (field == null || !(page.body() instanceof Body.Tree)) {
            return new Parted(page, null);
        }
        List<JsonNode> there = new ArrayList<>();
        List<JsonNode> deleted = new ArrayList<>();
        for (JsonNode record : page.records()) {
            (says(field.find(record)) ? deleted : there).add(record);
        }
        return deleted.isEmpty()
                ? new Parted(page, null)
                : new Parted(page.withRecords(there), telling(page.withRecords(deleted)));
    }

    private boolean says(JsonNode value) {
        JsonNode is = config.is();
        if (is == null) {
            return !nothing(value);
        }
        for (JsonNode one : is.isArray() ? is : List.of(is)) {
            boolean numbers = one.isNumber() && value.isNumber();
            boolean same = numbers ? one.decimalValue().compareTo(value.decimalValue()) == 0 : one.equals(value);
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean nothing(JsonNode value) {
        if (value.isTextual()) {
            String text = value.textValue().strip();
            return text.isEmpty()
                    || text.equalsIgnoreCase("false")
                    || ZEROS.matcher(text).matches();
        }
        return Values.empty(value)
                || (value.isBoolean() && !value.booleanValue())
                || (value.isNumber() && value.decimalValue().signum() == 0);
    }

    /** Keys of records, each as a text; none where nobody asks. @throws StepException when a record has none */
    public List<String> keys(List<JsonNode> records) throws StepException {
        if (key.isEmpty()) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(records.size());
        for (JsonNode record : records) {
            keys.add(keyOf(record));
        }
        return keys;
    }

    private String keyOf(JsonNode record) throws StepException {
        ArrayNode values = Json.NODES.arrayNode(key.size());
        for (Map.Entry<String, Place> part : key.entrySet()) {
            JsonNode value = part.getValue().find(record);
            if (Values.empty(value) || !value.isValueNode()) {
                throw new StepException(
                        Owner.AUTHOR,
                        "NO_KEY",
                        "a record has no value at '" + part.getKey()
                                + "' (recordSelector.primaryKey), so nobody can say whether it was deleted");
            }
            values.add(value);
        }
        String text = values.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new StepException(
                    Owner.LIMIT,
                    "KEY_TOO_LONG",
                    "the key of a record (recordSelector.primaryKey) is longer than " + LONGEST + " bytes");
        }
        return text;
    }

    /** A record with the fields of its key and no others. */
    public JsonNode record(String text) {
        ObjectNode record = Json.NODES.objectNode();
        try {
            JsonNode values = Json.MAPPER.readTree(text);
            int at = 0;
            for (Place part : key.values()) {
                put(record, part.steps(), values.path(at++));
            }
            return record;
        } catch (java.io.IOException e) {
            throw new IllegalStateException("the key '" + text + "' cannot be read", e);
        }
    }

    private static void put(ObjectNode record, List<Object> steps, JsonNode value) {
        ObjectNode at = record;
        for (Object step : steps.subList(0, steps.size() - 1)) {
            at = at.withObjectProperty(String.valueOf(step));
        }
        at.set(String.valueOf(steps.get(steps.size() - 1)), value);
    }
}
