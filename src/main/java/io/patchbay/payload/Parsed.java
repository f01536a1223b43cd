package io.patchbay.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parses JSON with messages that say what was found instead, without showing the payload. What would fill the memory is not read to its end. */
final class Parsed {

    private static final int SNIFFED = 64;

    /** Bytes of a file that is read as a whole: while it is, there are up to four copies of a long text. */
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

    private static final String CONVERTED =
            "; a 'convert' before with 'json: { duplicateKeys: last }' takes the last of its values";

    private static final String IN_PARTS = "; a 'convert' before with 'chunk' reads it record by record";

    private Parsed() {}

    /** @throws StepException for a file that does not fit into memory */
    static void checkSize(long bytes) throws StepException {
        if (bytes > MOST_BYTES) {
            throw new StepException(
                    Owner.LIMIT,
                    "TOO_LARGE",
                    "the content has " + bytes + " bytes, and as a whole " + MOST_BYTES + " are read in this memory"
                            + IN_PARTS);
        }
    }

    /** A parser that ends where the tree would fill the memory. */
    private static final class Weighed extends BoundedKeys {
        private final TreeWeight weight = new TreeWeight();

        Weighed(byte[] bytes) throws IOException {
            super(Json.MAPPER.getFactory().createParser(bytes));
        }

        @Override
        public @Nullable JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (token != null && !weight.fits(token)) {
                throw new Heavy(this);
            }
            return token;
        }
    }

    /** The tree would fill the memory. */
    private static final class Heavy extends StreamConstraintsException {
        private static final long serialVersionUID = 1L;

        Heavy(Weighed at) {
            super("its values take more than " + TreeWeight.MOST + " bytes in memory", at.currentLocation());
        }
    }

    static JsonNode json(byte[] bytes, String contentType) throws StepException {
        try (Weighed parser = new Weighed(bytes)) {
            JsonNode tree = Json.MAPPER.readTree(parser);
            if (tree == null || tree.isMissingNode()) {
                throw new StepException(Owner.REMOTE, "NOT_JSON", "JSON was expected, the content is empty");
            }
            return tree;
        } catch (Heavy e) {
            throw new StepException(Owner.LIMIT, "TOO_LARGE", sentence(e, bytes, contentType) + IN_PARTS);
        } catch (JsonProcessingException | CharConversionException e) {
            String hint = e instanceof KeyTwice ? CONVERTED : "";
            throw new StepException(Owner.REMOTE, "NOT_JSON", sentence(e, bytes, contentType) + hint);
        } catch (IOException e) {
            throw new StepException(Owner.INTERNAL, "NOT_JSON", "the content cannot be read", e);
        }
    }

    private static String sentence(IOException thrown, byte[] bytes, String contentType) {
        String start = new String(bytes, 0, Math.min(SNIFFED, bytes.length), StandardCharsets.UTF_8);
        return NotJson.sentence(thrown, start, contentType);
    }
}
