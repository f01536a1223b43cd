package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parser that ends with an error where an object has more keys than any record needs, while it is read. */
public class BoundedKeys extends JsonParserDelegate {

    private int[] keys = new int[16];
    private int depth;

    /** @param parser whose tokens these are; of one that is bounded already what is below it */
    public BoundedKeys(JsonParser parser) {
        super(parser instanceof BoundedKeys bounded ? bounded.delegate : parser);
    }

    /**
     * A key stands twice in an object of the tree that is made.
     *
     * @param before the value that it had
     */
    protected void twice(ObjectNode object, String key, JsonNode before) throws IOException {
        throw new KeyTwice(this, key);
    }

    /**
     * Passes over what is left of a document behind the records in it.
     *
     * @param names of the keys that lead to the records: where one of them came again, records would be lost, and so they would in a second document
     */
    public void passRest(List<String> names) throws IOException {
        boolean whole = depth == 0;
        while (!isClosed() && nextToken() != null) {
            if (whole) {
                throw NotJson.follows(this);
            }
            boolean key = currentToken() == JsonToken.FIELD_NAME && depth <= names.size();
            if (key && names.get(depth - 1).equals(currentName())) {
                throw KeyTwice.ofRecords(this, currentName());
            }
            skipChildren();
            whole = depth == 0;
        }
    }

    /** How many objects and lists are open. */
    protected final int depth() {
        return depth;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = delegate.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            if (++keys[depth] > Json.MOST_KEYS) {
                throw new StreamConstraintsException(
                        "an object has more than " + Json.MOST_KEYS + " keys", delegate.currentLocation());
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

    /** An exponent of more digits than a number can carry breaks a bound, as too many digits do; the original fails in another way. */
    @Override
    public BigDecimal getDecimalValue() throws IOException {
        try {
            return delegate.getDecimalValue();
        } catch (NumberFormatException e) {
            throw new StreamConstraintsException(
                    "a number has a larger exponent than can be carried", delegate.currentLocation());
        }
    }

    /** As the original has it, over this one's tokens. */
    @Override
    public @Nullable String nextFieldName() throws IOException {
        return nextToken() == JsonToken.FIELD_NAME ? currentName() : null;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        JsonToken at = currentToken();
        if (at == null || !at.isStructStart()) {
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

    /** Makes such parsers. */
    static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1L;

        Factory() {}

        private Factory(Factory from) {
            super(from, null);
        }

        /** The copy is bounded, too: Jackson makes one of a mapper that is copied. */
        @Override
        public JsonFactory copy() {
            return new Factory(this);
        }

        @Override
        protected JsonParser _createParser(InputStream in, IOContext context) throws IOException {
            return new BoundedKeys(super._createParser(in, context));
        }

        @Override
        protected JsonParser _createParser(Reader in, IOContext context) throws IOException {
            return new BoundedKeys(super._createParser(in, context));
        }

        @Override
        protected JsonParser _createParser(char[] data, int offset, int length, IOContext context, boolean recyclable)
                throws IOException {
            return new BoundedKeys(super._createParser(data, offset, length, context, recyclable));
        }

        @Override
        protected JsonParser _createParser(byte[] data, int offset, int length, IOContext context) throws IOException {
            return new BoundedKeys(super._createParser(data, offset, length, context));
        }

        @Override
        protected JsonParser _createParser(DataInput in, IOContext context) throws IOException {
            return new BoundedKeys(super._createParser(in, context));
        }
    }
}
