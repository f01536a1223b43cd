package io.patchbay.trigger.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.payload.Body;
import io.patchbay.payload.Json;
import io.patchbay.payload.NotJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bodies that are JSON, or are refused with where they are not and nothing of what they hold. */
final class JsonBody {

    private static final int SNIFFED = 64;

    private JsonBody() {}

    /** The body as a tree. @throws Unwrapping.RefusedException if it is not one JSON document */
    static JsonNode parsed(Body body) throws Unwrapping.RefusedException {
        if (body instanceof Body.Tree tree) {
            return tree.tree();
        }
        if (!(body instanceof Body.Bytes bytes)) {
            throw refused(null);
        }
        try {
            JsonNode tree = Json.MAPPER.readTree(bytes.bytes());
            if (tree.isMissingNode()) {
                throw refused(null);
            }
            return tree;
        } catch (IOException e) {
            throw refused(NotJson.sentence(e, start(bytes), bytes.contentType()));
        }
    }

    /**
     * Reads through a body whose media type says JSON, and keeps nothing of it.
     *
     * @throws Unwrapping.RefusedException if it is not one JSON document (RFC 8259)
     */
    static void hold(Body body) throws Unwrapping.RefusedException {
        if (!(body instanceof Body.Bytes bytes) || !Json.isType(bytes.contentType())) {
            return;
        }
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(bytes.bytes())) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            if (!value(parser)) {
                throw refused(null);
            }
            if (parser.nextToken() != null) {
                throw refused("more than one document");
            }
        } catch (IOException e) {
            throw refused(NotJson.sentence(e, start(bytes), bytes.contentType()));
        }
    }

    /** Reads one value to its end; tokens are only checked as a whole when they are asked for. */
    private static boolean value(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            parser.finishToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0);
        return true;
    }

    private static String start(Body.Bytes body) {
        byte[] bytes = body.bytes();
        return new String(bytes, 0, Math.min(SNIFFED, bytes.length), StandardCharsets.UTF_8);
    }

    private static Unwrapping.RefusedException refused(@Nullable String why) {
        return new Unwrapping.RefusedException(
                Refusals.notJson("The body is not JSON" + (why == null ? "." : ": " + why + ".")));
    }
}
