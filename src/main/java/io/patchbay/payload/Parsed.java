package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parses JSON with messages that say what was found instead, without showing the payload. */
final class Parsed {

    private static final int SNIFFED = 64;

    private static final String CONVERTED =
            "; a 'convert' before with 'json: { duplicateKeys: last }' takes the last of its values";

    private Parsed() {}

    /** Bytes of a file that is read as a whole: of a text there are four copies while it is read. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    /** Values of content: each takes about so much in memory. */
    private static final long MOST_VALUES = Runtime.getRuntime().maxMemory() / 128;

    private static final String IN_PARTS =
            " for this memory as a whole; a 'convert' before with 'chunk' reads it record by record";

    /** @throws StepException for a file that does not fit into memory */
    static void checkSize(long bytes) throws StepException {
        if (bytes > MOST_BYTES) {
            throw new StepException(
                    Owner.LIMIT, "TOO_LARGE", "the content has " + bytes + " bytes, too many" + IN_PARTS);
        }
    }

    /** A parser that ends where the tree would not fit into memory. */
    private static final class Counted extends BoundedKeys {
        private long left = MOST_VALUES;

        Counted(byte[] bytes) throws IOException {
            super(Json.MAPPER.getFactory().createParser(bytes));
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            boolean value = token != null && token != JsonToken.FIELD_NAME && !token.isStructEnd();
            if (value && --left < 0) {
                throw new StreamConstraintsException(
                        "it has more than " + MOST_VALUES + " values, too many" + IN_PARTS, currentLocation());
            }
            return token;
        }
    }

    static JsonNode json(byte[] bytes, String contentType) throws StepException {
        try (Counted parser = new Counted(bytes)) {
            JsonNode tree = Json.MAPPER.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw new StepException(Owner.REMOTE, "NOT_JSON", "JSON was expected, the content is empty");
            }
            return tree;
        } catch (JsonProcessingException | CharConversionException e) {
            String start = new String(bytes, 0, Math.min(SNIFFED, bytes.length), StandardCharsets.UTF_8);
            throw new StepException(
                    Owner.REMOTE,
                    "NOT_JSON",
                    NotJson.sentence(e, start, contentType) + (e instanceof KeyTwice ? CONVERTED : ""));
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_JSON", "the content cannot be read", e);
        }
    }
}
