package io.patchbay.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.patchbay.payload.BoundedKeys;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Ends with an error where an object has more keys than any record needs, or a record more values. */
final class BoundedJson extends BoundedKeys {

    private long valuesLeft = Long.MAX_VALUE;
    private boolean whole;

    BoundedJson(JsonParser parser) {
        super(parser);
    }

    /** What follows is one record, of as many values as one may have. */
    void begin() {
        valuesLeft = RecordBytes.MOST_VALUES;
    }

    /** What follows is a document, of as many values as one may have. */
    void whole() {
        valuesLeft = Memory.WHOLE_VALUES;
        whole = true;
    }

    /** What follows is passed over. */
    void pass() {
        valuesLeft = Long.MAX_VALUE;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        boolean value = token != null && token != JsonToken.FIELD_NAME && !token.isStructEnd();
        if (value && --valuesLeft < 0) {
            throw whole ? Memory.values() : RecordBytes.TooLarge.values();
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
