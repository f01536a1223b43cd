package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.expression.Values;
import org.jspecify.annotations.Nullable;

/**
 * A header, query parameter or form field.
 *
 * @param name its name, fixed in the definition
 * @param value what it carries
 * @param optional whether it is left out when its value is missing: it reads nothing but inputs
 */
public record Parameter(String name, Template value, boolean optional) {

    /** A parameter that may be left out when it reads inputs only. */
    public static Parameter of(String name, Template value) {
        boolean inputsOnly = !value.reads().isEmpty()
                && value.reads().stream().allMatch(ref -> ref.root().equals("with"));
        return new Parameter(name, value, inputsOnly);
    }

    /** The value as text; null when it is to be left out. */
    public @Nullable String text(Scope scope) {
        if (!optional) {
            return value.text(scope);
        }
        JsonNode found = value.find(scope);
        return Values.absent(found) ? null : Values.text(found);
    }
}
