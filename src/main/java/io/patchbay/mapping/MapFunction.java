package io.patchbay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.patchbay.expression.Ref;
import io.patchbay.expression.Scope;
import java.util.Set;

/** A function with its settings, ready to be applied. Immutable. */
public interface MapFunction {

    /**
     * The result for a value; missing leaves the target out.
     *
     * @param value not to be changed. Never missing or null unless {@link #takesAbsent}, never a list unless {@link
     *     #takesLists}: then the function is applied to each item
     * @param record the record that is mapped
     * @param scope reads the payload and the run
     * @throws FunctionException when the value is of a kind that the function cannot work on
     */
    JsonNode apply(JsonNode value, JsonNode record, Scope scope);

    /** Whether it wants to see missing values and null; if not, they pass it by. */
    default boolean takesAbsent() {
        return false;
    }

    /** What its settings read; {@code table} for a lookup table. */
    default Set<Ref> reads() {
        return Set.of();
    }

    /** Whether it works on a list as a whole. */
    default boolean takesLists() {
        return false;
    }
}
