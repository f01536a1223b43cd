package io.patchbay.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.payload.BoundedKeys;
import io.patchbay.payload.Json;
import io.patchbay.payload.KeyTwice;
import io.patchbay.payload.NotJson;
import io.patchbay.payload.TreeWeight;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends with an error where an object has more keys than any record needs, or a record more values. */
final class BoundedJson extends BoundedKeys {

    private long valuesLeft = Long.MAX_VALUE;
    private @Nullable TreeWeight whole;
    private boolean keeps;
    private @Nullable JsonStreamContext outside;
    private @Nullable Twice twice;

    /** Keys that stand twice in objects of a record. */
    static final class Twice {
        private final String key;
        private final String field;
        /** The values that were there before, by the object. */
        private final IdentityHashMap<JsonNode, List<Map.Entry<String, JsonNode>>> before = new IdentityHashMap<>();

        private Twice(String key, String field) {
            this.key = key;
            this.field = field;
        }

        private List<Map.Entry<String, JsonNode>> of(JsonNode object) {
            return before.getOrDefault(object, List.of());
        }

        /** A record is broken by it; what was found is the record with all values. */
        FormatException broken(JsonNode record, Place at) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator all = Json.MAPPER.getFactory().createGenerator(text)) {
                write(all, record);
            }
            return FormatException.record(
                    KeyTwice.sentence(key) + NotJson.TAKES_LAST,
                    at,
                    NotRead.shown(field),
                    Json.NODES.textNode(text.toString()));
        }

        private void write(JsonGenerator all, JsonNode value) throws IOException {
            if (value.isObject()) {
                all.writeStartObject();
                for (Map.Entry<String, JsonNode> member : of(value)) {
                    member(all, member);
                }
                for (Map.Entry<String, JsonNode> member : value.properties()) {
                    member(all, member);
                }
                all.writeEndObject();
            } else if (value.isArray()) {
                all.writeStartArray();
                for (JsonNode item : value) {
                    write(all, item);
                }
                all.writeEndArray();
            } else {
                Json.MAPPER.writeTree(all, value);
            }
        }

        private void member(JsonGenerator all, Map.Entry<String, JsonNode> member) throws IOException {
            all.writeFieldName(member.getKey());
            write(all, member.getValue());
        }
    }

    BoundedJson(JsonParser parser) {
        super(parser);
    }

    /**
     * What follows is one record, of as many values as one may have. Keys that stand twice in it are kept, and are no error yet.
     *
     * @param in the context that it stands in
     */
    void begin(@Nullable JsonStreamContext in) {
        outside = in;
        valuesLeft = RecordBytes.MOST_VALUES;
        keeps = true;
        twice = null;
    }

    /** Keys that stood twice in the record; null where none did. */
    @Nullable
    Twice twice() {
        return twice;
    }

    @Override
    protected void twice(ObjectNode object, String key, JsonNode before) throws IOException {
        if (!keeps) {
            super.twice(object, key, before);
            return;
        }
        Twice all = twice == null ? new Twice(key, field(outside)) : twice;
        all.before.computeIfAbsent(object, one -> new ArrayList<>()).add(Map.entry(key, before));
        twice = all;
    }

    /** What follows is a document, whose values may take as much memory as those of one may. */
    void whole() {
        whole = new TreeWeight();
    }

    /** What follows is passed over. */
    void pass() {
        valuesLeft = Long.MAX_VALUE;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null && whole != null && !whole.fits(token)) {
            throw Memory.heavy();
        }
        boolean value = token != null && token != JsonToken.FIELD_NAME && !token.isStructEnd();
        if (value && --valuesLeft < 0) {
            throw RecordBytes.TooLarge.values();
        }
        return token;
    }

    /** The names from what stands in a context, null for the document, to where this one stands. */
    String field(@Nullable JsonStreamContext outside) {
        StringBuilder names = new StringBuilder();
        JsonStreamContext at = getParsingContext();
        for (; at != null && at != outside; at = at.getParent()) {
            if (at.hasCurrentName()) {
                names.insert(0, at.getCurrentName() + (names.isEmpty() ? "" : "."));
            }
        }
        return names.toString();
    }
}
