package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of an HTTP header (RFC 9110: a token), in the spelling of the file.
 *
 * @param text the name
 */
@ReadBy(HeaderName.Reader.class)
public record HeaderName(String text) {

    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9_-]{0,99}";
    private static final Pattern NAME = Pattern.compile(FORM);

    /** Whether it is this header; case does not matter. */
    public boolean is(String other) {
        return text.equalsIgnoreCase(other);
    }

    /** The name. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code X-Shop}. */
    static final class Reader implements ValueReader<HeaderName> {

        @Override
        public @Nullable HeaderName read(Node node, Reading reading) {
            String text = reading.text(node, "a header's name");
            if (text == null) {
                return null;
            }
            if (!NAME.matcher(text).matches()) {
                reading.error(node, "BAD_VALUE", "'" + text + "' is not a header's name", "like X-Shop-Id");
                return null;
            }
            return new HeaderName(text);
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES.objectNode().put("type", "string").put("pattern", "^" + FORM + "$");
        }
    }
}
