package io.patchbay.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ends with an error where an object has more keys than any record needs, or a record more values. */
final class BoundedJson extends JsonParserDelegate {

    /** Keys of one object. */
    static final int MOST_KEYS = 100_000;

    private int[] keys = new int[16];
    private int depth;
    private long valuesLeft = Long.MAX_VALUE;

    BoundedJson(JsonParser parser) {
        super(parser);
    }

    /** What follows is one record, of as many values as one may have. */
    void begin() {
        valuesLeft = RecordBytes.MOST_VALUES;
    }

    /** What follows is passed over. */
    void pass() {
        valuesLeft = Long.MAX_VALUE;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        boolean value = token != null && token != JsonToken.FIELD_NAME && !token.isStructEnd();
        if (value && --valuesLeft < 0) {
            throw RecordBytes.TooLarge.values();
        }
        if (token == JsonToken.FIELD_NAME) {
            if (++keys[depth] > MOST_KEYS) {
                throw new StreamConstraintsException(
                        "an object has more than " + MOST_KEYS + " keys", delegate.currentLocation());
            }
        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            depth++;
            if (depth == keys.length) {
                keys = Arrays.copyOf(keys, depth * 2);
            }
            keys[depth] = 0;
        } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
            depth--;
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

    /** As the original has it, over this one's tokens. */
    @Override
    public @Nullable String nextFieldName() throws IOException {
        return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        if (!currentToken().isStructStart()) {
            return this;
        }
        int open = depth - 1;
        while (depth > open) {
            if (nextToken() == null) {
                return this;
            }
        }
        return this;
    }
}
