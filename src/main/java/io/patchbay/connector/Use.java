package io.patchbay.connector;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.ExpressionException;
import io.patchbay.expression.Scope;
import io.patchbay.expression.Template;
import io.patchbay.payload.Attempt;
import io.patchbay.payload.Payload;
import io.patchbay.payload.StepException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one shape uses an endpoint. It goes along with each call as the exchange property {@link #PROPERTY}; a call without it
 * takes the constants of its URI.
 *
 * @param with values for the endpoint's inputs
 * @param output what the shape leaves
 * @param perRecord whether the endpoint is called for each record: {@code with} reads the record
 */
public record Use(Map<String, Template> with, Output output, boolean perRecord) {

    /** Name of the exchange property that carries a use. */
    public static final String PROPERTY = "patchbay.use";

    /** Name of the exchange property that carries values for inputs as a {@code Map<String, JsonNode>}. */
    public static final String WITH = "patchbay.with";

    public Use {
        with = Map.copyOf(with);
    }

    /** What a shape leaves. */
    public sealed interface Output {}

    /** What the system answered. */
    public record Response() implements Output {}

    /** What came in, unchanged. */
    public record Input() implements Output {}

    /** What came in; each record with the answer under this name. */
    public record Into(String name) implements Output {}

    /** A use that reads nothing. */
    public static Use plain() {
        return new Use(Map.of(), new Response(), false);
    }

    /** Whether it reads nothing of the payload or run. */
    public boolean constant() {
        return with.values().stream().allMatch(Template::constant);
    }

    /** The values for one call. @throws StepException when a placeholder has no value */
    public Map<String, JsonNode> values(@Nullable Attempt attempt, Payload payload, @Nullable JsonNode record)
            throws StepException {
        if (with.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        try {
            Scope scope = attempt == null ? null : attempt.scope(payload, record);
            for (Map.Entry<String, Template> entry : with.entrySet()) {
                Template template = entry.getValue();
                values.put(
                        entry.getKey(),
                        scope == null || template.constant() ? template.constantValue() : template.value(scope));
            }
        } catch (ExpressionException e) {
            throw StepException.of(e);
        }
        return values;
    }
}
