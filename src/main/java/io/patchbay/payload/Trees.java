package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Makes trees as Jackson does, and says of a key that stands twice in one object which it is. It is asked only where one does. */
final class Trees extends JsonNodeDeserializer {

    private static final long serialVersionUID = 1L;

    @Override
    protected void _handleDuplicateField(
            JsonParser parser,
            DeserializationContext context,
            JsonNodeFactory nodes,
            String key,
            ObjectNode object,
            JsonNode before,
            JsonNode now)
            throws IOException {
        if (!context.isEnabled(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)) {
            return;
        }
        if (parser instanceof BoundedKeys keys) {
            keys.twice(object, key, before);
        } else {
            throw new KeyTwice(parser, key);
        }
    }
}
