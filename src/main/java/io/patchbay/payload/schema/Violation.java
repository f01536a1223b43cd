package io.patchbay.payload.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something in a value that a schema does not allow. Path and sentence may hold names of the value's members.
 *
 * @param path where it stands, {@code $.lines[0].sku}
 * @param what was found and what was expected; bounded, and without the value itself
 * @param pointer where it stands, by RFC 6901
 * @param found what stands there, or null
 */
public record Violation(
        String path, String what, String pointer, @Nullable JsonNode found) {

    private static final int LONGEST_VALUE = 60;

    /** A sentence without the value. */
    public String plain() {
        return path + ": " + what;
    }

    /**
     * A sentence with as much of the value as may be repeated.
     *
     * @param masked takes secrets out of a text; it gets the whole value, because a piece of a secret would not be known
     */
    public String full(UnaryOperator<String> masked) {
        if (found == null || found.isMissingNode() || found.isContainerNode() || what.startsWith("required")) {
            return plain();
        }
        String value = found.isTextual() ? '"' + masked.apply(found.textValue()) + '"' : masked.apply(found.toString());
        String shown = value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
        return plain() + "; it is " + shown;
    }
}
