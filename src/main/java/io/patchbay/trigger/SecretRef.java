package io.patchbay.trigger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.canvas.Node;
import io.patchbay.canvas.ReadBy;
import io.patchbay.canvas.Reading;
import io.patchbay.canvas.Schemas;
import io.patchbay.canvas.ValueReader;
import io.patchbay.payload.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret by reference; the value never stands in a file.
 *
 * @param name the secret's name
 */
@ReadBy(SecretRef.Reader.class)
public record SecretRef(String name) {

    private static final Pattern FORM = Pattern.compile("\\$\\{secret\\.([A-Za-z][A-Za-z0-9_.-]*)}");

    /** Reads {@code ${secret.NAME}}. */
    static final class Reader implements ValueReader<SecretRef> {

        @Override
        public @Nullable SecretRef read(Node node, Reading reading) {
            String text = reading.text(node, "a secret");
            if (text == null) {
                return null;
            }
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                return new SecretRef(matcher.group(1));
            }
            // The text is not quoted: it may be the secret itself.
            reading.error(
                    node,
                    "SECRET_BY_VALUE",
                    "a secret is given by reference, never by its value",
                    "write \"${secret.NAME}\" and set NAME outside the file");
            return null;
        }

        @Override
        public ObjectNode schema(Schemas schemas) {
            return Json.NODES
                    .objectNode()
                    .put("type", "string")
                    .put("pattern", "^\\$\\{secret\\.[A-Za-z][A-Za-z0-9_.-]*\\}$");
        }
    }
}
